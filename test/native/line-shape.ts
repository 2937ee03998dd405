/**
 * The lines of native-check/PROTOCOL.md as a table: which keys each type has, and of which kind.
 *
 * In: one parsed line. Out: what is wrong with it, in words; empty when it is right. Unknown keys are allowed by
 * the protocol, but not here: a key that nobody documented must not slip in.
 */
import type { Line } from './checker.ts';

type Kind = 'text' | 'count' | 'real' | 'flag' | 'list' | 'object';

/** A question mark ends the kind of a key that may be left out. */
type Shape = Readonly<Record<string, Kind | `${Kind}?`>>;

const counts: Shape = {
  trials: 'count?',
  effective: 'count?',
  equal: 'count?',
  stale: 'count?',
  raced: 'count?',
  lost: 'count?',
  healed: 'count?',
  moved: 'count?',
  marker_trials: 'count?',
  survivors: 'count?',
  controls: 'object?',
  miss_bound: 'real?',
  stale_rate_limit: 'real?',
};

export const shapes: Readonly<Record<string, Shape>> = {
  check: { name: 'text', title: 'text', kind: 'text', needs: 'text?', fix: 'text?' },
  start: { schema: 'count', checker: 'text', checks: 'list', limits: 'object', seed: 'count' },
  machine: {
    release: 'text',
    version: 'text',
    arch: 'text',
    cpu_model: 'text?',
    cpus_online: 'count',
    cpus_allowed: 'text',
    virtualization: 'text',
    dmi_vendor: 'text?',
    container: 'text',
    seccomp: 'count?',
    tracer_pid: 'count',
    boot_id: 'text?',
    glibc: 'text?',
    registration: 'text',
    auxv: 'object',
  },
  progress: {
    check: 'text',
    phase: 'text',
    trials: 'count',
    effective: 'count',
    stale: 'count',
    raced: 'count',
    elapsed_ms: 'count',
    target: 'count',
  },
  sample: {
    check: 'text',
    trial: 'count',
    inherited: 'count',
    r1: 'count',
    g1: 'count',
    g2: 'count',
    r3: 'count',
    healed: 'flag',
  },
  log: { level: 'text', text: 'text' },
  result: {
    check: 'text',
    kind: 'text',
    fix: 'text?',
    status: 'text',
    reason: 'text?',
    detail: 'text?',
    method: 'text?',
    boost: 'text?',
    ...counts,
    duration_ms: 'count',
  },
  end: {
    verdict: 'text?',
    reason: 'text?',
    exit: 'count',
    expected: 'text',
    agrees: 'flag?',
    duration_ms: 'count',
  },
};

const isKind: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  real: (value) => typeof value === 'number' && value >= 0,
  flag: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export function findFaults(line: Line): string[] {
  const shape = shapes[line.type];
  if (shape === undefined) return [`unknown type ${line.type}`];
  const faults = Object.keys(line)
    .filter((key) => key !== 'type' && !(key in shape))
    .map((key) => `${line.type}: undocumented key ${key}`);
  for (const [key, wanted] of Object.entries(shape)) {
    const kind = wanted.replace('?', '') as Kind;
    if (!(key in line)) {
      if (kind === wanted) faults.push(`${line.type}: ${key} is missing`);
    } else if (!isKind[kind](line[key])) {
      faults.push(`${line.type}: ${key} is no ${kind}: ${JSON.stringify(line[key])}`);
    }
  }
  return faults;
}
