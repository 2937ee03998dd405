/**
 * Command spec: one command as data: how it is typed, what help says, what it does.
 *
 * ../program.ts makes commander's tree of it; test/docs.test.ts holds the README to it.
 */
import type { Option } from 'commander';
import type { Session } from '../session.ts';

export interface CommandSpec {
  readonly name: string;
  /** Argument as commander writes it (`<id>`, `[source...]`), and what it is. */
  readonly arguments?: readonly (readonly [name: string, help: string])[];
  readonly options?: readonly Option[];
  /** One line, without full stop. */
  readonly help: string;
  /** What else help should say: forms, examples, exit statuses. */
  readonly more?: string;
  /** Does it and gives the exit status. */
  readonly run: (session: Session, typed: Typed) => Promise<number>;
}

/** What was typed behind the command's name. */
export interface Typed {
  /** Arguments in order; those of `[name...]` follow each other, optional ones not given are absent. */
  readonly words: readonly string[];
  /** The command's own options, by commander's camelCase names. */
  readonly options: Readonly<Record<string, unknown>>;
}
