/**
 * Git processes: git asked by way of its own program.
 *
 * In: a repository's folder and arguments. Out: lines or objects. Git's settings that could start other
 * programs (signature checks, external diffs) are switched off, since a repository from elsewhere brings its
 * own.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { SourceError } from '../model/errors.ts';

const settings = ['-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=true'];

/** Last bytes of git's complaint that an error repeats. */
const complaintLength = 400;

/** Starts git in a repository. */
export function startGit(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const git = spawn('git', ['-C', folder, ...settings, ...args], {
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
  });
  // A write to a process that has ended fails; that it ended is seen by its exit code.
  git.stdin.on('error', () => {});
  return git;
}

/** Runs git to its end; `code` is its exit code. */
export async function runGit(
  folder: string,
  args: readonly string[],
  input = '',
): Promise<{ code: number; output: string; complaint: string }> {
  const git = startGit(folder, args);
  git.stdin.end(input);
  const ended = waitForEnd(git);
  const output: Buffer[] = [];
  for await (const chunk of git.stdout) output.push(chunk);
  return { ...(await ended), output: Buffer.concat(output).toString('utf8') };
}

/**
 * Gives the lines that git writes.
 * @throws SourceError if git fails.
 */
export async function* readGitLines(
  folder: string,
  args: readonly string[],
  input = '',
): AsyncGenerator<string> {
  const lines = (stream: Readable) => createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  yield* readOutput(folder, args, input, lines);
}

/**
 * Gives what git writes, as it comes.
 * @throws SourceError if git fails.
 */
export async function* readGitChunks(
  folder: string,
  args: readonly string[],
  input = '',
): AsyncGenerator<Buffer> {
  yield* readOutput(folder, args, input, (stream) => stream);
}

/**
 * Gives records whose fields git ends with NUL each.
 * @throws SourceError if git fails.
 */
export async function* readGitRecords(
  folder: string,
  args: readonly string[],
  options: { readonly fields: number; readonly input?: string },
): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let record: string[] = [];
  let rest: string[] = [];
  for await (const chunk of readGitChunks(folder, args, options.input)) {
    const [first = '', ...others] = decoder.write(chunk).split('\0');
    rest.push(first);
    for (const next of others) {
      record.push(rest.join(''));
      rest = [next];
      if (record.length < options.fields) continue;
      yield record;
      record = [];
    }
  }
}

async function* readOutput<T>(
  folder: string,
  args: readonly string[],
  input: string,
  read: (output: Readable) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const git = startGit(folder, args);
  git.stdin.end(input);
  const ended = waitForEnd(git);
  try {
    for await (const part of read(git.stdout)) yield part;
    const { code, complaint } = await ended;
    if (code !== 0) throw gitFailed(folder, complaint);
  } finally {
    git.kill();
    await ended;
  }
}

/** The error for a repository that git cannot read. */
export function gitFailed(folder: string, complaint: string): SourceError {
  return new SourceError('source-unreadable', `Git cannot read the repository (${complaint.trim()})`, {
    subject: folder,
    remedy: 'Run "git fsck" in it; if it belongs to another user, add it to safe.directory.',
  });
}

/**
 * Never fails, so that nothing is left unhandled while the output is read; -1 is a git that did not start.
 */
async function waitForEnd(git: ChildProcessWithoutNullStreams): Promise<{ code: number; complaint: string }> {
  let complaint = '';
  git.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-complaintLength);
  });
  return new Promise((resolve) => {
    git.once('close', (code) => resolve({ code: code ?? -1, complaint }));
    git.once('error', () => resolve({ code: -1, complaint: 'git could not be started: is it installed?' }));
  });
}
