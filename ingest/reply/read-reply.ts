/**
 * Reading a reply: one pass over its lines, whose results points, answers and stances share.
 *
 * In: a mail and its ancestors, nearest first. Out: where each line comes from, what it is for, and its own blocks.
 */
import type { Address } from '../model/message.ts';
import { isSamePerson } from './attribution-source.ts';
import { type AlignedLine, alignLines } from './line-align.ts';
import { classifyLines } from './own-line.ts';
import { findOwnBlocks, type OwnBlock } from './own-text.ts';

/** A mail of a thread, as far as the analysis of replies needs it. */
export interface ThreadText {
  readonly messageId: string;
  readonly subject: string;
  readonly from: Address;
  readonly sentMs: number;
  readonly lines: readonly string[];
  /** Null for a mail that is no posting. */
  readonly posting: PostingSign | null;
}

/** What has to be known of a posting: who is asked when its author is meant. */
export interface PostingSign {
  readonly isCover: boolean;
  /** Who wrote the patch; a sender of a series passes on patches of others too. */
  readonly author: Address;
  /** Who developed it with him, or signed it off before it was sent: they answer for it, too. */
  readonly helpers?: readonly Address[];
}

export interface ReadReply {
  readonly mail: ThreadText;
  readonly ancestors: readonly ThreadText[];
  readonly aligned: readonly (AlignedLine | null)[];
  /** Read when they are first asked for: of a posting nobody does. */
  readonly blocks: readonly OwnBlock[];
  /** The nearest posting above; null in a discussion without one. */
  readonly target: ThreadText | null;
}

/** True where the sender of a mail wrote or sent the posting that it is about. */
export function isByAuthor(mail: ThreadText, target: ThreadText): boolean {
  const { author, helpers = [] } = target.posting ?? {};
  const authors = author ? [target.from, author, ...helpers] : [target.from];
  return authors.some((one) => isSamePerson(mail.from, one));
}

/**
 * What a block answers: the patch (or the sender's own words on it), words of its author, or a third person. Where
 * nothing is quoted, it is the mail that is answered; a quote whose source is not known may be the patch.
 */
export function aboutOf(
  { mail, aligned, ancestors, target }: ReadReply,
  block: OwnBlock,
): 'patch' | 'talk' | 'other' {
  const source = ancestors[block.above < 0 ? 0 : (aligned[block.above]?.source ?? -1)];
  if (!source || !target || source.posting || isSamePerson(source.from, mail.from)) return 'patch';
  return isByAuthor(source, target) ? 'talk' : 'other';
}

/** Reads a reply once for all that follows. */
export function readReply(mail: ThreadText, ancestors: readonly ThreadText[]): ReadReply {
  const texts = ancestors.map(({ messageId, lines, from }) => ({
    messageId,
    lines,
    fromName: from.name || from.address,
    fromAddress: from.address,
  }));
  const aligned = alignLines(mail, texts);
  const target = ancestors.find((ancestor) => ancestor.posting !== null) ?? null;
  let blocks: readonly OwnBlock[] | undefined;
  return {
    mail,
    ancestors,
    aligned,
    get blocks() {
      blocks ??= findOwnBlocks(mail.lines, classifyLines(mail.lines, aligned, mail.from.name));
      return blocks;
    },
    target,
  };
}
