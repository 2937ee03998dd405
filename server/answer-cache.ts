/**
 * Answer cache: finished answers, kept while nothing in the store changes.
 *
 * The same few pages are asked for again and again, and their answers depend on the store alone. One is given again only
 * under the mark of the store that it was made under, to who asks by the same name, in the same encoding, and without
 * credentials: whoever shows who they are is answered anew each time, as are all where some lists are private. Words such
 * as "yesterday" are allowed to be ten seconds old. Askers of one answer that is being made wait for it together.
 *
 * While mail comes in the mark changes several times a second, and to make a hundred pages anew each time takes longer
 * than that; nor must a hundred pages that grew old together hold everybody up. So under load an older one is given once
 * more, for a minute at most, and made anew behind it, one after the other, with as much time for all else in between; but
 * never one from before a change that came through this server, for whoever made it looks at what became of it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Context } from 'hono';
import { limits } from '../ingest/model/limits.ts';
import { isReading, proxyHeaders } from './security.ts';

const keepMs = 10_000;
/** How old an answer may be that is given while it is made anew. */
const oldestMs = 60_000;
/** As many answers being made at once are load: one browser asks for six things at a time. */
export const loadAnswers = 8;
/** As many questions in a second are load, too: several people at once. */
export const loadQuestions = 50;
/** Answers that wait to be made anew: beyond it nobody asks often enough for them. */
const renewalsMost = 1000;
/** What an entry takes beside its body, roughly. */
const baseBytes = 1024;

interface Incoming {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
}

/** What @hono/node-server hands on; `isKept` is set by a route whose answer depends on the store alone. */
interface Bindings {
  readonly incoming: Incoming;
  isKept?: boolean;
  /** Set where nobody waits for the answer. */
  isRenewal?: boolean;
}

interface Answer {
  readonly mark: string;
  /** Which change through this server it is made after. */
  readonly change: number;
  readonly madeMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export type AnswerFetch = (request: Request, env: Bindings) => Response | Promise<Response>;

export interface AnswerCacheOptions {
  readonly changeMark: () => Promise<string>;
  readonly nowMs: () => number;
  /** Headers by which somebody shows who they are. */
  readonly credentials: readonly string[];
  /** Called for each answer that is given again. */
  readonly onGivenAgain?: () => void;
}

/** Says that the answer to this request depends on the store alone. */
export function keepAnswer(c: Context): void {
  const env = c.env as { isKept?: boolean } | undefined;
  if (env) env.isKept = true;
}

export class AnswerCache {
  readonly #options: AnswerCacheOptions;
  /** In order of use, the oldest first: a Map keeps the order of insertion. */
  readonly #kept = new Map<string, Answer>();
  readonly #making = new Map<string, Promise<Answer | null>>();
  readonly #renewals = new Map<string, () => Promise<unknown>>();
  #isRenewing = false;
  /** Questions of this second, and of the one before. */
  #questions = { second: 0, now: 0, before: 0 };
  /** Changes that came through this server. */
  #changes = 0;
  #bytes = 0;

  constructor(options: AnswerCacheOptions) {
    this.#options = options;
  }

  /** The same as `fetch`, but what it has answered already need not be made again. */
  wrap(fetch: AnswerFetch): AnswerFetch {
    return (request, env) => {
      const key = this.#keyOf(env.incoming);
      if (key !== null) return this.#answer(key, request, env, fetch);
      return mayChange(env.incoming) ? this.#change(request, env, fetch) : fetch(request, env);
    };
  }

  async #change(request: Request, env: Bindings, fetch: AnswerFetch): Promise<Response> {
    const answer = await fetch(request, env);
    if (answer.ok) this.#changes++;
    return answer;
  }

  async #answer(key: string, request: Request, env: Bindings, fetch: AnswerFetch): Promise<Response> {
    const isLoaded = this.#countQuestion() || this.#making.size >= loadAnswers;
    const mark = await this.#options.changeMark();
    const sought = env.incoming.headers['if-none-match'];
    const kept = this.#take(key);
    const isYoung = kept !== undefined && this.#options.nowMs() <= kept.madeMs + keepMs;
    if (isYoung && kept.mark === mark) return this.#giveAgain(kept, sought);
    if (kept?.change === this.#changes && isLoaded) {
      this.#renew(key, () => this.#make(key, request, { incoming: env.incoming, isRenewal: true }, fetch));
      return this.#giveAgain(kept, sought);
    }
    // Nothing is awaited where nobody makes it: the next asker must find that it is being made.
    const making = this.#making.get(`${mark} ${key}`);
    const made = making ? await making : null;
    if (made) return this.#giveAgain(made, sought);
    return this.#make(key, request, env, fetch, mark);
  }

  /** Whether there are many. */
  #countQuestion(): boolean {
    const second = Math.floor(this.#options.nowMs() / 1000);
    const { second: last, now } = this.#questions;
    if (second !== last) this.#questions = { second, now: 0, before: second === last + 1 ? now : 0 };
    this.#questions.now++;
    return Math.max(this.#questions.now, this.#questions.before) >= loadQuestions;
  }

  #giveAgain(answer: Answer, sought: string | undefined): Response {
    this.#options.onGivenAgain?.();
    return responseOf(answer, sought);
  }

  /** Makes the answer, and keeps it where it may be kept. */
  async #make(
    key: string,
    request: Request,
    env: Bindings,
    fetch: AnswerFetch,
    given?: string,
  ): Promise<Response> {
    const mark = given ?? (await this.#options.changeMark());
    const change = this.#changes;
    const making = `${mark} ${key}`;
    let end: (made: Answer | null) => void = () => undefined;
    this.#making.set(
      making,
      new Promise((resolve) => {
        end = resolve;
      }),
    );
    let made: Answer | null = null;
    try {
      const response = await fetch(request, env);
      if (response.status !== 200 || !env.isKept) return response;
      const body = new Uint8Array(await response.arrayBuffer());
      made = { mark, change, madeMs: this.#options.nowMs(), headers: headersOf(response), body };
      this.#keep(key, made);
      return responseOf(made, undefined);
    } finally {
      this.#making.delete(making);
      end(made);
    }
  }

  /** One after the other, so that those who wait for an answer go first. */
  #renew(key: string, make: () => Promise<unknown>): void {
    if (this.#renewals.has(key) || this.#renewals.size >= renewalsMost) return;
    this.#renewals.set(key, make);
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    void this.#renewAll();
  }

  async #renewAll(): Promise<void> {
    for (;;) {
      const [next] = this.#renewals;
      if (!next) break;
      const [key, make] = next;
      const startMs = performance.now();
      try {
        await make();
      } catch {
        // Whoever asks next is told what is wrong.
      }
      this.#renewals.delete(key);
      await setTimeout(performance.now() - startMs);
    }
    this.#isRenewing = false;
  }

  /** Null for requests whose answers are never kept. */
  #keyOf({ method, url = '', headers }: Incoming): string | null {
    if (method !== 'GET' || this.#options.credentials.some((name) => headers[name] !== undefined))
      return null;
    const isProxied = proxyHeaders.some((name) => headers[name] !== undefined);
    return `${isProxied ? 'proxied' : 'direct'} ${headers.host} ${headers['accept-encoding']} ${url}`;
  }

  /** An answer that may be given, if only while a new one is made. */
  #take(key: string): Answer | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#drop(key, kept);
    if (kept.madeMs + oldestMs < this.#options.nowMs()) return undefined;
    this.#kept.set(key, kept);
    this.#bytes += sizeOf(key, kept);
    return kept;
  }

  #keep(key: string, answer: Answer): void {
    const bytes = sizeOf(key, answer);
    if (bytes > limits.answerCacheBytes / 16) return;
    const before = this.#kept.get(key);
    if (before) this.#drop(key, before);
    this.#kept.set(key, answer);
    this.#bytes += bytes;
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes <= limits.answerCacheBytes) break;
      this.#drop(oldest, kept);
    }
  }

  #drop(key: string, answer: Answer): void {
    this.#kept.delete(key);
    this.#bytes -= sizeOf(key, answer);
  }
}

function sizeOf(key: string, { body }: Answer): number {
  return body.byteLength + 2 * key.length + baseBytes;
}

/** Searches of the archive and tools of language models are sent by POST, too, but change nothing. */
function mayChange({ method = 'GET', url = '' }: Incoming): boolean {
  return !isReading(method) && url.startsWith('/api/');
}

/** Plain objects go out without being read again by a Headers of the platform. */
function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries(response.headers);
}

function responseOf({ headers, body }: Answer, sought: string | undefined): Response {
  const tag = headers.etag;
  if (tag !== undefined && sought?.includes(tag))
    return new Response(null, { status: 304, headers: { ...headers } });
  return new Response(body, { headers: { ...headers } });
}
