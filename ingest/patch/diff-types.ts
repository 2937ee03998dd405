/**
 * Diffs: files, hunks and lines of a patch, each with its place in the body that it was read from.
 *
 * Line numbers are 0-based lines of the whole body (../model/message.ts says what that is); `end` is exclusive.
 * The reader is ./diff.ts; range-diff and the anchors of review comments use these.
 */
import type { Trouble } from '../model/message.ts';
import type { FileChange } from '../model/posting.ts';

export interface DiffLine {
  /** Line of the body where it starts. */
  readonly line: number;
  readonly kind: '+' | '-' | ' ';
  /** Without the sign; a wrapped line with its rest joined. */
  readonly text: string;
}

export interface Hunk {
  /** From the `@@` line to the end of its last line (with `\ No newline at end of file`). */
  readonly start: number;
  readonly end: number;
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** What stands behind the second `@@`, mostly the function. */
  readonly heading: string;
  readonly lines: readonly DiffLine[];
  /** False where lines are missing, so that it cannot be applied. */
  readonly isComplete: boolean;
  /** True where a mail program broke or stripped lines: shown joined, but not claimed to apply. */
  readonly isDamaged: boolean;
}

export interface DiffFile {
  readonly start: number;
  readonly end: number;
  /** Line where `--- ` or the first hunk stands, or `end`: what is before are `diff --git`, modes, renames. */
  readonly headerEnd: number;
  readonly change: FileChange;
  readonly form: 'git' | 'plain' | 'binary' | 'combined' | 'context';
  readonly hunks: readonly Hunk[];
}

/** All diffs of one body. Without any, `files` is empty and `start` and `end` are -1. */
export interface Diff {
  readonly start: number;
  readonly end: number;
  readonly files: readonly DiffFile[];
  /** `diff-damaged` (wrapped or stripped lines), `diff-cut`, `diff-long`: each once. */
  readonly troubles: readonly Trouble[];
}
