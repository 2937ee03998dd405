/**
 * Git objects: many blobs read through one `git cat-file --batch`.
 *
 * In: object ids, asked for in any number at once. Out: their bytes, in the order asked.
 * Blobs longer than limits.mailBytes are passed over without being held in memory.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { limits } from '../model/limits.ts';
import { gitFailed, startGit } from './git-process.ts';

/** The bytes of a blob, or why there are none. */
export type Blob = Buffer | 'missing' | 'too-long';

interface Waiting {
  resolve(blob: Blob): void;
  reject(error: Error): void;
}

const newline = 0x0a;

export class GitObjects {
  readonly #git: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  #header: Buffer = Buffer.alloc(0);
  /** Bytes still to come of the object being read, its closing newline included; 0 between objects. */
  #left = 0;
  #parts: Buffer[] | undefined;
  #failure: Error | undefined;

  constructor(folder: string) {
    this.#git = startGit(folder, ['cat-file', '--batch']);
    let complaint = '';
    this.#git.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = text;
    });
    this.#git.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    const fail = () => {
      this.#failure ??= gitFailed(folder, complaint || 'it ended early');
      for (const one of this.#waiting.splice(0)) one.reject(this.#failure);
    };
    this.#git.once('close', fail);
    this.#git.once('error', fail);
  }

  /** Asks for a blob by its id. */
  async read(id: string): Promise<Blob> {
    if (this.#failure) throw this.#failure;
    const answer = new Promise<Blob>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#git.stdin.write(`${id}\n`);
    return answer;
  }

  /** Ends the process; what was not read yet fails. */
  async close(): Promise<void> {
    if (this.#git.exitCode !== null || this.#git.signalCode !== null) return;
    const closed = new Promise((resolve) => this.#git.once('close', resolve));
    this.#git.stdin.end();
    this.#git.kill();
    await closed;
  }

  #take(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#left > 0 ? this.#takeContent(rest) : this.#takeHeader(rest);
  }

  /** `<id> <type> <size>`, or `<id> missing`. */
  #takeHeader(bytes: Buffer): Buffer {
    const end = bytes.indexOf(newline);
    this.#header = Buffer.concat([this.#header, end < 0 ? bytes : bytes.subarray(0, end)]);
    if (end < 0) return bytes.subarray(bytes.length);
    const [, type, size] = this.#header.toString('latin1').split(' ');
    this.#header = Buffer.alloc(0);
    if (type === 'missing' || size === undefined) this.#waiting.shift()?.resolve('missing');
    else {
      this.#left = Number(size) + 1;
      this.#parts = Number(size) > limits.mailBytes ? undefined : [];
    }
    return bytes.subarray(end + 1);
  }

  #takeContent(bytes: Buffer): Buffer {
    const taken = bytes.subarray(0, this.#left);
    this.#left -= taken.length;
    this.#parts?.push(taken);
    if (this.#left === 0) {
      const blob = this.#parts ? Buffer.concat(this.#parts) : undefined;
      this.#waiting.shift()?.resolve(blob ? blob.subarray(0, -1) : 'too-long');
    }
    return bytes.subarray(taken.length);
  }
}
