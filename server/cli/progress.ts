/**
 * Progress: how far a long command is, on stderr. A bar where a person looks on, a line now and then elsewhere.
 *
 * In: the pipeline's progress values. Rate and time left are computed here, since they are about looking on.
 */
import { SingleBar } from 'cli-progress';
import type { IngestProgress } from '../../ingest/pipeline.ts';
import type { Terminal } from './terminal.ts';

export interface ProgressView {
  update(progress: IngestProgress): void;
  /** Takes the bar away; whatever is told next starts on a line of its own. */
  finish(): void;
}

/** A line every five seconds is news enough in a log. */
const lineEveryMs = 5000;

export function createProgressView(terminal: Terminal, isQuiet: boolean): ProgressView {
  if (isQuiet) return { update: () => undefined, finish: () => undefined };
  return terminal.isInteractive ? new BarView(terminal) : new LineView(terminal);
}

/** Where a source or stage stood when it was first heard of. */
export interface Beginning {
  readonly atMs: number;
  readonly done: number;
  readonly mails: number;
}

/** `3,120 mails, 81 % of 15.2 MB, 812 mails/s, 4 s left`. */
export function describeProgress(progress: IngestProgress, since: Beginning, nowMs: number): string {
  const { done, total, unit, stage } = progress;
  const seconds = Math.max((nowMs - since.atMs) / 1000, 0.001);
  const mails = progress.mails - since.mails;
  const words: string[] = [];
  if (stage === 'read') words.push(`${count(mails)} mails`);
  if (unit === 'commits') return [...words, `${count(done)} commits`].join(', ');
  if (unit === 'bytes')
    words.push(total === null ? megabytes(done) : `${share(done, total)} of ${megabytes(total)}`);
  else if (total !== null) words.push(`${count(done)} of ${count(total)}`);
  if (stage === 'read') words.push(`${count(Math.round(mails / seconds))} mails/s`);
  if (total !== null && done > since.done && total > done) {
    words.push(`${timeLeft((seconds * (total - done)) / (done - since.done))} left`);
  }
  return words.join(', ');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function share(done: number, total: number): string {
  return `${Math.floor((100 * done) / Math.max(total, 1))} %`;
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** `linux-api.mbox.gz` of a long path; `linking` and so on once all is read. */
function title(progress: IngestProgress): string {
  if (progress.stage === 'derive') return 'linking';
  return progress.location.split('/').filter(Boolean).at(-1) ?? progress.location;
}

/** Begins anew when another source, or another stage, is heard of. */
class Follower {
  #what = '';
  #since: Beginning = { atMs: 0, done: 0, mails: 0 };

  words(progress: IngestProgress, nowMs: number): string {
    const what = `${progress.stage} ${progress.location}`;
    if (what !== this.#what) {
      this.#what = what;
      this.#since = { atMs: nowMs, done: progress.done, mails: progress.mails };
    }
    return describeProgress(progress, this.#since, nowMs);
  }
}

class LineView implements ProgressView {
  readonly #terminal: Terminal;
  readonly #follower = new Follower();
  #toldMs: number;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#toldMs = terminal.nowMs();
  }

  update(progress: IngestProgress): void {
    const nowMs = this.#terminal.nowMs();
    const words = this.#follower.words(progress, nowMs);
    if (nowMs - this.#toldMs < lineEveryMs) return;
    this.#toldMs = nowMs;
    this.#terminal.tell(`${title(progress)}: ${words}`);
  }

  finish(): void {
    // Lines end themselves.
  }
}

class BarView implements ProgressView {
  readonly #terminal: Terminal;
  readonly #follower = new Follower();
  #bar: SingleBar | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  update(progress: IngestProgress): void {
    const nowMs = this.#terminal.nowMs();
    const total = Math.max(progress.total ?? progress.done, 1);
    const payload = { title: title(progress), words: this.#follower.words(progress, nowMs) };
    if (this.#bar === undefined) {
      this.#bar = new SingleBar({
        format: '{title} {bar} {words}',
        barsize: 24,
        barCompleteChar: '#',
        barIncompleteChar: '.',
        hideCursor: true,
        clearOnComplete: true,
        linewrap: false,
        stream: process.stderr,
      });
      this.#bar.start(total, progress.done, payload);
      return;
    }
    this.#bar.setTotal(total);
    this.#bar.update(progress.done, payload);
  }

  finish(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
