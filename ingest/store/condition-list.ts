/**
 * Condition list: the conditions of a WHERE, each with the values that it binds, gathered one by one.
 */
import type { StepValue } from './steps.ts';

export interface ConditionList {
  readonly conditions: string[];
  /** In order of the conditions' marks. */
  readonly values: StepValue[];
  add(condition: string, ...bound: StepValue[]): void;
}

export function makeConditionList(): ConditionList {
  const conditions: string[] = [];
  const values: StepValue[] = [];
  return {
    conditions,
    values,
    add: (condition, ...bound) => {
      conditions.push(condition);
      values.push(...bound);
    },
  };
}
