/**
 * Exit status: what a shell learns from a command. A contract, the same for every command but `check`.
 *
 * `check` hands on the checker's own status (native-check/PROTOCOL.md), since scripts ask it one precise question.
 */
import { CommanderError } from 'commander';
import { type ErrorCode, PatchtrailError } from '../../ingest/model/errors.ts';

export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  /** The command ran well and its answer is "no": `doctor` found something wrong. */
  no: 3,
} as const;

/** Codes that mean: what was typed cannot be meant. */
const usageCodes: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'query-invalid',
  'source-unknown',
  'config-invalid',
]);

/** The status for something that a command threw. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
  return error instanceof PatchtrailError && usageCodes.has(error.code)
    ? exitStatus.usage
    : exitStatus.failed;
}
