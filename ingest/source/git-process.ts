/**
 * Git processes: git asked by way of its own program.
 *
 * In: a repository's folder and arguments. Out: lines or objects. Git's settings that could start other
 * programs (signature checks, external diffs) are switched off, since a repository from elsewhere brings its
 * own.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
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
): Promise<{ code: number; output: string; complaint: string }> {
  const git = startGit(folder, args);
  git.stdin.end();
  const ended = waitForEnd(git);
  const output: Buffer[] = [];
  for await (const chunk of git.stdout) output.push(chunk);
  return { ...(await ended), output: Buffer.concat(output).toString('utf8') };
}

/**
 * Gives the lines that git writes.
 * @throws SourceError if git fails.
 */
export async function* readGitLines(folder: string, args: readonly string[]): AsyncGenerator<string> {
  const git = startGit(folder, args);
  git.stdin.end();
  const ended = waitForEnd(git);
  try {
    for await (const line of createInterface({ input: git.stdout, crlfDelay: Number.POSITIVE_INFINITY }))
      yield line;
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
