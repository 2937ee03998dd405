/**
 * Postings for tests, written short: what is not given is plain.
 *
 * `posting({ id: 'a', n: 2, m: 3, title: 'sched: fix x' })` is patch 2/3 by the same invented person.
 */
import type { Posting, StatedLink, Version } from '../../ingest/model/posting.ts';

export interface PostingShort {
  readonly id: string;
  readonly title?: string;
  readonly n?: number;
  readonly m?: number;
  readonly v?: number | Version;
  /** The `(v9)` behind the title. */
  readonly own?: number;
  /** Days since 2020-01-01; fractions are fine. */
  readonly day?: number;
  readonly from?: string;
  readonly name?: string;
  readonly rfc?: boolean;
  readonly resend?: boolean;
  readonly asksPull?: boolean;
  /** Releases in the brackets: `[PATCH 5.4]` */
  readonly release?: string;
  /** Of its files, those that it creates. */
  readonly created?: readonly string[];
  readonly parent?: string | readonly string[];
  readonly changeId?: string;
  readonly links?: readonly {
    readonly to: string;
    readonly v?: number;
    readonly where?: StatedLink['where'];
  }[];
  readonly patchId?: string;
  readonly files?: readonly string[];
  /** Numbers that stand for added and removed lines. */
  readonly lines?: readonly number[];
  readonly words?: readonly number[];
  readonly said?: readonly number[];
}

const start = Date.UTC(2020, 0, 1);

export function posting(short: PostingShort): Posting {
  const title = short.title ?? `title of ${short.id}`;
  const from = short.from ?? 'ada@example.org';
  const name = short.name ?? 'Ada Example';
  const isCover = short.n === 0;
  return {
    messageId: short.id,
    sentMs: start + Math.round((short.day ?? 0) * 86_400_000),
    authorAddress: from,
    authorName: name,
    senderAddress: from,
    senderName: name,
    subject: {
      isReply: false,
      isForward: false,
      kind: 'patch',
      tags: short.release === undefined ? [] : [{ kind: 'release', text: short.release }],
      isRfc: short.rfc ?? false,
      isResend: short.resend ?? false,
      version:
        short.v === undefined ? null : typeof short.v === 'number' ? { major: short.v, minor: 0 } : short.v,
      patchVersion: short.own ?? null,
      position: short.n ?? null,
      total: short.m ?? null,
      title,
      titleKey: title.toLowerCase(),
    },
    isCover,
    hasDiff: !isCover,
    replyChain:
      short.parent === undefined ? [] : typeof short.parent === 'string' ? [short.parent] : short.parent,
    lists: ['list'],
    changeId: short.changeId ?? null,
    baseCommit: null,
    asksPull: short.asksPull ?? false,
    links: (short.links ?? []).map((link) => ({
      messageId: link.to,
      version: link.v ?? null,
      where: link.where ?? 'change-log',
      evidence: { messageId: short.id, part: 'body', start: 3, end: 4 },
    })),
    changeLogVersions: short.said ?? [],
    patchId: isCover ? null : (short.patchId ?? `patch-id-${short.id}`),
    files: (isCover ? [] : (short.files ?? [`${short.id}.c`])).map((path) => ({
      path,
      oldPath: path,
      added: 1,
      removed: 1,
      status: short.created?.includes(path) ? 'added' : 'modified',
    })),
    lineHashes: Uint32Array.from(isCover ? [] : (short.lines ?? [])).sort(),
    wordHashes: Uint32Array.from(short.words ?? []).sort(),
    trailers: [],
  };
}

/** The postings of one sending: a cover `id-0` (when `cover` is given) and patches `id-1` … below it. */
export function series(
  common: Omit<PostingShort, 'n' | 'm' | 'title'> & { readonly cover?: string },
  patches: readonly Partial<PostingShort>[],
): Posting[] {
  const { cover, ...rest } = common;
  const root = `${common.id}-${cover === undefined ? 1 : 0}`;
  const parts = patches.map((patch, index) =>
    posting({
      ...rest,
      n: index + 1,
      m: patches.length,
      ...(index > 0 || cover !== undefined ? { parent: root } : {}),
      ...patch,
      id: `${common.id}-${index + 1}`,
    }),
  );
  return cover === undefined
    ? parts
    : [posting({ ...rest, id: root, n: 0, m: patches.length, title: cover }), ...parts];
}
