/**
 * Condition list: the conditions of a WHERE, each with the values that it binds, gathered one by one.
 */
import type { SqlValue } from './connection.ts';

export interface ConditionList {
  readonly conditions: string[];
  /** In order of the conditions' marks. */
  readonly values: SqlValue[];
  add(condition: string, ...bound: SqlValue[]): void;
}

export function makeConditionList(): ConditionList {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  return {
    conditions,
    values,
    add: (condition, ...bound) => {
      conditions.push(condition);
      values.push(...bound);
    },
  };
}
