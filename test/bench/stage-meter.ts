/**
 * Stage meter: a store that notes which stage uses it, for how long, and with how many calls.
 *
 * A stage begins when it takes what waits for it; what comes before the first one is `mail`. Processor time is that of
 * the whole process: parsing and the engine's work count to the stage that caused them.
 */
import type { Store } from '../../ingest/store/store.ts';

export interface StageCost {
  cpuMs: number;
  wallMs: number;
  /** Calls of the store's methods. */
  calls: number;
}

export interface MeteredStore {
  readonly store: Store;
  /** The costs since the last call, by stage. */
  take(): Map<string, StageCost>;
}

/** `onStage` is told of each stage as it takes its first work. */
export function meterStages(real: Store, onStage: (stage: string) => void = () => undefined): MeteredStore {
  let costs = new Map<string, StageCost>();
  let stage = 'mail';
  let cpuMs = usedMs();
  let wallMs = performance.now();
  const costOf = (name: string): StageCost => {
    const known = costs.get(name);
    if (known) return known;
    const cost = { cpuMs: 0, wallMs: 0, calls: 0 };
    costs.set(name, cost);
    return cost;
  };
  const turnTo = (next: string) => {
    const cost = costOf(stage);
    const nowCpuMs = usedMs();
    const nowWallMs = performance.now();
    cost.cpuMs += nowCpuMs - cpuMs;
    cost.wallMs += nowWallMs - wallMs;
    if (next !== stage) onStage(next);
    [stage, cpuMs, wallMs] = [next, nowCpuMs, nowWallMs];
  };
  const store = new Proxy(real, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        if (name === 'takeWaiting' || name === 'takeWaitingThreads') turnTo(String(given[0]));
        costOf(stage).calls++;
        return member.apply(target, given);
      };
    },
  });
  const take = () => {
    turnTo('mail');
    const taken = costs;
    costs = new Map();
    return taken;
  };
  return { store, take };
}

function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
