/**
 * A series as a developer sends it: made by git itself in a repository of the test, in two versions, with a review.
 *
 *   [PATCH 0/2] pump: count strokes           [PATCH v2 0/2] pump: count strokes
 *     [PATCH 1/2] pump: count them              [PATCH v2 1/2] pump: count them
 *       Re: (Reviewed-by: Bo)                   [PATCH v2 2/2] pump: tell them
 *     [PATCH 2/2] pump: tell them
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeFolder } from '../support/folders.ts';
import { runTool } from '../support/tools.ts';
import { listAddress } from './archives.ts';

export interface SentSeries {
  /** The repository; `main` is what the patches apply to, `v1` and `v2` hold them. */
  readonly repository: string;
  readonly mails: readonly Uint8Array[];
  /** Message-IDs of the cover letters. */
  readonly covers: readonly [v1: string, v2: string];
}

const ada = { GIT_AUTHOR_NAME: 'Ada Example', GIT_AUTHOR_EMAIL: 'ada@example.org' };

/** Runs git in the repository as Ada, at a fixed hour. */
export function gitIn(repository: string, args: readonly string[], hour = 0): string {
  const date = `2024-03-01T${String(hour).padStart(2, '0')}:00:00+0000`;
  const committer = { GIT_COMMITTER_NAME: 'Ada Example', GIT_COMMITTER_EMAIL: 'ada@example.org' };
  const env = { ...ada, ...committer, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return runTool('git', ['-C', repository, ...args], { env });
}

export function sendSeries(t: TestContext): SentSeries {
  const repository = makeFolder(t, {
    'pump.c': 'int strokes;\n\nint pump(void)\n{\n\treturn 0;\n}\n',
    'say.c': 'int say(int what)\n{\n\treturn what;\n}\n',
  });
  runTool('git', ['init', '--quiet', '--initial-branch=main', repository]);
  gitIn(repository, ['config', 'user.name', 'Ada Example']);
  gitIn(repository, ['config', 'user.email', 'ada@example.org']);
  commitAll(repository, 'start', 0);
  const first = sendVersion(repository, 'v1', 'strokes++;', 1);
  const second = sendVersion(repository, 'v2', 'strokes += 1;', 9);
  const patchId = /^Message-I[dD]: <(.+)>$/m.exec(String(first.mails[1]))?.[1] ?? '';
  const review = `From: Bo Example <bo@example.org>
To: Ada Example <ada@example.org>
Cc: ${listAddress}
Subject: Re: [PATCH 1/2] pump: count them
Date: Fri, 1 Mar 2024 05:00:00 +0000
Message-ID: <review@test.example>
In-Reply-To: <${patchId}>
References: <${first.cover}> <${patchId}>

From here it looks right.

>From the start it did.

Reviewed-by: Bo Example <bo@example.org>
`;
  return {
    repository,
    mails: [...first.mails, Buffer.from(review), ...second.mails],
    covers: [first.cover, second.cover],
  };
}

function sendVersion(repository: string, branch: string, step: string, hour: number) {
  gitIn(repository, ['checkout', '--quiet', '-b', branch, 'main']);
  writeFileSync(join(repository, 'pump.c'), `int strokes;\n\nint pump(void)\n{\n\t${step}\n\treturn 0;\n}\n`);
  commitAll(repository, 'pump: count them\n\nNobody knows how many there were.', hour);
  writeFileSync(join(repository, 'say.c'), 'int say(int what)\n{\n\tprint(what);\n\treturn what;\n}\n');
  commitAll(repository, 'pump: tell them\n\nWho counts may tell.', hour);
  const folder = join(repository, '.git', `mails-${branch}`);
  const cover = ['--cover-letter', '--cover-from-description=subject', '--thread=shallow'];
  gitIn(repository, ['config', `branch.${branch}.description`, 'pump: count strokes\n\nIn two steps.\n']);
  const options = ['-o', folder, '--to', listAddress, ...(branch === 'v2' ? ['-v2'] : []), ...cover];
  gitIn(repository, ['format-patch', '--quiet', ...options, '--base=main', 'main'], hour);
  gitIn(repository, ['checkout', '--quiet', 'main']);
  const mails = readdirSync(folder)
    .sort()
    .map((name) => Buffer.from(mailOf(readFileSync(join(folder, name), 'latin1'), branch), 'latin1'));
  return { mails, cover: /^Message-I[dD]: <(.+)>$/m.exec(String(mails[0]))?.[1] ?? '' };
}

/**
 * Without the line of an mbox: a mail as it stands in a mailbox. Two covers that git makes in one second have one id,
 * so the branch stands in it.
 */
function mailOf(text: string, branch: string): string {
  return text.replace(/^From .*\n/, '').replaceAll('.git.ada@', `.git.${branch}.ada@`);
}

function commitAll(repository: string, message: string, hour: number): void {
  gitIn(repository, ['add', '.'], hour);
  gitIn(repository, ['commit', '--quiet', '--signoff', '-m', message], hour);
}
