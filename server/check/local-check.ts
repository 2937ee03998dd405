/**
 * Local check: the one run of the native checker that this server may have at a time, for pages to start and watch.
 *
 * Events of the current (or last) run are kept, so a page that comes late or comes back sees all of it. The report is
 * stored before it is announced.
 */
import { CheckError, PatchtrailError } from '../../ingest/model/errors.ts';
import type { Report } from '../../ingest/model/kernel.ts';
import { limits } from '../../ingest/model/limits.ts';
import { presentReport } from '../present/report.ts';
import type { CheckEvent } from '../wire.ts';
import { type BuiltChecker, buildChecker } from './build-checker.ts';
import { type RunOptions, runChecker } from './run-checker.ts';

/** The parts that touch the machine; tests hand in others. */
export interface CheckTools {
  build(signal: AbortSignal): Promise<BuiltChecker>;
  run(options: RunOptions): Promise<Report>;
}

export const machineTools: CheckTools = {
  build: (signal) => buildChecker(undefined, signal),
  run: runChecker,
};

/** Measured: ten seconds give a verdict even beside other work (native-check/README.md). */
const usualSeconds = 10;

export class LocalCheck {
  readonly #tools: CheckTools;
  readonly #keep: (report: Report) => Promise<void>;
  readonly #nowMs: () => number;
  readonly #watchers = new Set<(event: CheckEvent) => void>();
  #events: CheckEvent[] = [];
  #cancel: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(tools: CheckTools, keep: (report: Report) => Promise<void>, nowMs: () => number) {
    this.#tools = tools;
    this.#keep = keep;
    this.#nowMs = nowMs;
  }

  get isRunning(): boolean {
    return this.#cancel !== null;
  }

  /** @throws CheckError where one is running */
  start(seconds = usualSeconds): void {
    if (this.#cancel) {
      throw new CheckError('check-unavailable', 'A check is running already', {
        remedy: 'Wait for it, or cancel it.',
      });
    }
    this.#events = [];
    this.#cancel = new AbortController();
    this.#ended = this.#run(seconds, this.#cancel.signal).finally(() => {
      this.#cancel = null;
    });
  }

  /** Ends when the run has ended; nothing happens where none is. */
  async cancel(): Promise<void> {
    this.#cancel?.abort();
    await this.#ended;
  }

  /** All events of the current run so far, and then each as it comes, until the returned function is called. */
  watch(watcher: (event: CheckEvent) => void): () => void {
    for (const event of this.#events) watcher(event);
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async #run(seconds: number, signal: AbortSignal): Promise<void> {
    try {
      this.#tell({ kind: 'building', text: 'Building the checker.', line: null, report: null });
      const checker = await this.#tools.build(signal);
      const report = await this.#tools.run({
        checker,
        seconds,
        signal,
        nowMs: this.#nowMs,
        onLine: (line) => this.#tell({ kind: 'line', text: '', line, report: null }),
      });
      await this.#keep(report);
      const shown = presentReport(report);
      if (signal.aborted) this.#tell({ kind: 'cancelled', text: shown.sentence, line: null, report: shown });
      else this.#tell({ kind: 'done', text: shown.sentence, line: null, report: shown });
    } catch (error) {
      const text =
        error instanceof PatchtrailError ? error.message : 'The check failed for a reason unknown to us.';
      const kind = signal.aborted ? 'cancelled' : 'failed';
      this.#tell({ kind, text, line: null, report: null });
    }
  }

  #tell(event: CheckEvent): void {
    if (this.#events.length < limits.checkerLines) this.#events.push(event);
    for (const watcher of this.#watchers) watcher(event);
  }
}
