/**
 * Meters: what this process counts of its work, and what it tells of the store, in the text form of Prometheus.
 *
 * Names and units follow Prometheus' own rules: base units, `_total` behind what only grows. A route stands for all its
 * addresses, so that no reader can make ever new lines. What the store tells is read when somebody asks.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SourceRow, StoreLoad } from '../ingest/store/store.ts';

export interface Answered {
  /** As the table of routes has it: `/api/v1/series/:id`. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

export interface StoreReading {
  readonly load: StoreLoad;
  readonly sources: readonly SourceRow[];
  /** Pages that watch for changes. */
  readonly streams: number;
}

export interface Meters {
  answered(answer: Answered): void;
  /** A finished answer was given again, without asking a route. */
  givenAgain(): void;
  failed(code: string): void;
  readonly contentType: string;
  /** All of it. */
  text(reading: StoreReading): Promise<string>;
}

/** From a kept page to a search that is about to be ended, in seconds. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

export function makeMeters(): Meters {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'patchtrail_answer_seconds',
    help: 'Time from a request to its answer, by route',
    labelNames: ['route', 'method', 'status'] as const,
    buckets,
    registers,
  });
  const again = new Counter({
    name: 'patchtrail_answers_given_again_total',
    help: 'Finished answers that were given again, without asking a route',
    registers,
  });
  const failures = new Counter({
    name: 'patchtrail_errors_total',
    help: 'Requests that were answered by an error, by its code',
    labelNames: ['code'] as const,
    registers,
  });
  const tellStore = storeGauges(registry);
  return {
    answered: ({ route, method, status, seconds }) =>
      answers.observe({ route, method: methods.has(method) ? method : 'other', status }, seconds),
    givenAgain: () => again.inc(),
    failed: (code) => failures.inc({ code }),
    contentType: registry.contentType,
    text(reading) {
      tellStore(reading);
      return registry.metrics();
    },
  };
}

function storeGauges(registry: Registry): (reading: StoreReading) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({
      name: `patchtrail_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  const ofSource = (name: string, help: string) => gauge(name, help, ['source', 'list']);
  const store = gauge('store_info', 'Engine and version of the tables', ['engine', 'schema']);
  const bytes = gauge('store_bytes', 'Size of the store');
  const waiting = gauge('waiting', 'Messages, threads and series that wait for a stage', ['stage']);
  const streams = gauge('event_streams', 'Pages that watch for changes');
  const mails = ofSource('source_mails', 'Mails that came from a source');
  const lag = ofSource('source_lag_seconds', 'Time from the sending of the newest mail to its being held');
  const failures = ofSource('source_failures', 'Pulls that failed since the last good one');
  const pulled = ofSource(
    'source_pulled_timestamp_seconds',
    'When a source was last pulled without an error',
  );
  const newest = ofSource('source_newest_timestamp_seconds', 'When the newest mail of a source was sent');
  return ({ load, sources, streams: watching }) => {
    // What is no more must not stay.
    for (const one of [store, waiting, mails, lag, failures, pulled, newest]) one.reset();
    store.set({ engine: load.engine, schema: load.schema }, 1);
    bytes.set(load.sizeBytes);
    streams.set(watching);
    for (const [stage, count] of Object.entries(load.waiting)) waiting.set({ stage }, count);
    for (const source of sources) {
      const labels = { source: source.location, list: source.list };
      const tell = (to: Gauge<'source' | 'list'>, ms: number | null) => {
        if (ms !== null) to.set(labels, ms / 1000);
      };
      mails.set(labels, source.mails);
      failures.set(labels, source.failures);
      tell(lag, source.lagMs);
      tell(pulled, source.lastPulledMs);
      tell(newest, source.newestMs);
    }
  };
}
