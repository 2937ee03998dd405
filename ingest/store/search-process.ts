/**
 * Search processes: searches with a budget of time, each in a process that is killed when its time is over.
 *
 * A stranger's query can be made to read the whole index many times over, within one step of SQLite that nothing can
 * interrupt. A few processes answer, so that one long query holds up neither the server nor all other searches; the time
 * that a query waits for its turn is not counted.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { LimitError, PatchtrailError, StoreError, UsageError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Query } from '../model/query.ts';
import type { Sight } from './sight.ts';
import type { Page, PageRequest, SearchHit } from './store.ts';

export type SearchQuestion =
  | {
      readonly kind: 'search';
      readonly query: Query;
      readonly order: 'newest' | 'relevance';
      readonly page: PageRequest;
    }
  | { readonly kind: 'count'; readonly query: Query; readonly most: number };

/** What a process is sent: a sight to see through (null: all), once for each that it does not know; then questions. */
export interface SearchOrder {
  readonly question: SearchQuestion;
  /** Names the lists that are hidden. */
  readonly seer: string;
  readonly sight: Sight | null;
}

export type SearchReply =
  | { readonly isGood: true; readonly value: unknown }
  | { readonly isGood: false; readonly isUsage: boolean; readonly what: string; readonly remedy: string };

/** What a process says first. */
interface Ready {
  readonly isReady: true;
}

interface Asked {
  readonly question: SearchQuestion;
  readonly sight: Sight | null;
  resolve(value: unknown): void;
  reject(cause: unknown): void;
}

/** Built, the program is a file beside this one. */
const ownProgram = new URL(
  import.meta.url.endsWith('.ts') ? './search-child.ts' : './search-child.js',
  import.meta.url,
);

/** As many as may run beside the server on a small machine. */
const processes = 2;

export class SearchProcesses {
  readonly #location: string;
  readonly #budgetMs: number;
  readonly #program: URL;
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();
  readonly #ready = new WeakMap<ChildProcess, Promise<void>>();
  /** Marks of the sights that each process was sent, by who looks through them. */
  readonly #sights = new WeakMap<ChildProcess, Map<string, string>>();
  readonly #waiting: Asked[] = [];
  #isClosed = false;

  /** `program` is what answers; a test has one of its own. */
  constructor(location: string, budgetMs: number, program = ownProgram) {
    this.#location = location;
    this.#budgetMs = budgetMs;
    this.#program = program;
  }

  /** @throws LimitError when its time is over */
  search(
    query: Query,
    order: 'newest' | 'relevance',
    page: PageRequest,
    sight: Sight | null = null,
  ): Promise<Page<SearchHit>> {
    return this.#ask({ kind: 'search', query, order, page }, sight) as Promise<Page<SearchHit>>;
  }

  /** @throws LimitError when its time is over */
  count(query: Query, most: number, sight: Sight | null = null): Promise<number> {
    return this.#ask({ kind: 'count', query, most }, sight) as Promise<number>;
  }

  close(): void {
    this.#isClosed = true;
    for (const child of this.#all) child.kill('SIGKILL');
    for (const asked of this.#waiting.splice(0)) asked.reject(storeClosed());
  }

  #ask(question: SearchQuestion, sight: Sight | null): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw storeClosed();
      if (this.#waiting.length >= limits.searchesWaiting) {
        throw new PatchtrailError('server-busy', 'Too many searches wait for their turn', {
          remedy: 'Try again in some seconds.',
        });
      }
      this.#waiting.push({ question, sight, resolve, reject });
      this.#goOn();
    });
  }

  #goOn(): void {
    if (this.#waiting.length === 0) return;
    const child = this.#idle.pop() ?? (this.#all.size < processes ? this.#start() : undefined);
    const asked = child && this.#waiting.shift();
    if (child && asked) this.#run(child, asked);
  }

  #run(child: ChildProcess, asked: Asked): void {
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    // The time that a process needs to start is not the query's.
    void this.#ready.get(child)?.then(() => {
      timer = setTimeout(() => {
        isOver = true;
        child.kill('SIGKILL');
      }, this.#budgetMs);
    });
    child.ref();
    child.channel?.ref();
    const done = () => {
      clearTimeout(timer);
      letGo(child);
      child.off('message', onMessage);
      child.off('close', onClose);
    };
    const onMessage = (reply: SearchReply | Ready) => {
      if ('isReady' in reply) return;
      done();
      this.#idle.push(child);
      if (reply.isGood) asked.resolve(reply.value);
      else asked.reject(errorOf(reply));
      this.#goOn();
    };
    const onClose = () => {
      done();
      asked.reject(isOver ? this.#overBudget() : this.#isClosed ? storeClosed() : ended(this.#location));
      // The next one should not wait for a start.
      if (isOver && !this.#isClosed) this.#idle.push(this.#start());
      this.#goOn();
    };
    child.on('message', onMessage);
    child.on('close', onClose);
    child.send(this.#orderFor(child, asked), (error) => {
      if (error) child.kill('SIGKILL');
    });
  }

  #orderFor(child: ChildProcess, { question, sight }: Asked): SearchOrder {
    if (sight === null) return { question, seer: '', sight };
    const seer = JSON.stringify(sight.hiddenLists);
    const known = this.#sights.get(child) ?? new Map<string, string>();
    this.#sights.set(child, known);
    if (known.get(seer) === sight.mark) return { question, seer, sight: null };
    known.set(seer, sight.mark);
    return { question, seer, sight };
  }

  #start(): ChildProcess {
    const execArgv = this.#program.pathname.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : [];
    const child = fork(this.#program, [this.#location], {
      execArgv,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ready.set(child, new Promise((resolve) => child.once('message', () => resolve())));
    this.#all.add(child);
    child.on('error', () => child.kill('SIGKILL'));
    child.on('close', () => {
      this.#all.delete(child);
      const at = this.#idle.indexOf(child);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    letGo(child);
    return child;
  }

  #overBudget(): LimitError {
    return new LimitError(
      'searchMs',
      `The search took longer than ${this.#budgetMs / 1000} s and was ended`,
      {
        remedy: 'Ask for less: longer words, a list (l:), or a span of days (d:last.month..).',
      },
    );
  }
}

/** Whoever has nothing else to do may end. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function errorOf({ isUsage, what, remedy }: Extract<SearchReply, { isGood: false }>): Error {
  return isUsage ? new UsageError(what, { remedy }) : new StoreError('store-failed', what, { remedy });
}

function ended(location: string): StoreError {
  return new StoreError('store-failed', 'The process that searches ended', {
    subject: location,
    remedy: 'Try again; if it stays, run `patchtrail doctor`.',
  });
}

function storeClosed(): StoreError {
  return new StoreError('store-busy', 'The store was closed', { remedy: 'Start the server again.' });
}
