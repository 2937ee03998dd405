/**
 * Trees: small git repositories with real commits, for tests of what landed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './tools.ts';

export interface TreeStep {
  readonly message: string;
  readonly author?: string;
  /** Hours since 2020-01-01 00:00 UTC, as in mail-text.ts. */
  readonly hour: number;
  readonly files: Readonly<Record<string, string>>;
}

export class Tree {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    runTool('git', ['init', '--quiet', '--initial-branch=main', path]);
  }

  /** Makes a commit and gives its id. */
  commit({ message, author = 'Ada Example <ada@example.org>', hour, files }: TreeStep): string {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.path, name), text);
    this.git('add', '--all');
    const date = `${Date.UTC(2020, 0, 1) / 1000 + Math.round(hour * 3600)} +0000`;
    this.#run(
      { GIT_COMMITTER_DATE: date },
      'commit',
      '--quiet',
      '-m',
      message,
      `--author=${author}`,
      `--date=${date}`,
    );
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** The diff of a commit as mails carry it. */
  diff(sha: string, ...options: readonly string[]): string {
    return this.git('diff-tree', '-p', '--root', '--no-commit-id', ...options, sha);
  }

  tag(name: string, hour: number): void {
    const date = `${Date.UTC(2020, 0, 1) / 1000 + Math.round(hour * 3600)} +0000`;
    this.#run({ GIT_COMMITTER_DATE: date }, 'tag', '--annotate', '-m', name, name);
  }

  git(...args: readonly string[]): string {
    return this.#run({}, ...args);
  }

  #run(env: Readonly<Record<string, string>>, ...args: readonly string[]): string {
    const who = [
      '-c',
      'user.name=Mo Maintainer',
      '-c',
      'user.email=mo@example.org',
      '-c',
      'commit.gpgSign=false',
    ];
    return runTool('git', ['-C', this.path, ...who, ...args], { env });
  }
}
