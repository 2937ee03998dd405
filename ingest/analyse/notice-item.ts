/**
 * Notice items: what a notice says of one patch, before the patch is found.
 */
import type { NoticeKind } from '../model/landing.ts';

/** What a notice is read from. */
export interface NoticeMail {
  readonly messageId: string;
  readonly subject: string;
  readonly fromAddress: string;
  readonly inReplyTo: readonly string[];
  readonly lines: readonly string[];
}

/** One patch that a notice speaks of. */
export interface NoticeItem {
  readonly kind: NoticeKind;
  /** Title as printed; empty where the notice means the patch that it answers. */
  readonly title: string;
  /** As printed in `[1/3]`; null where there is none. */
  readonly position: number | null;
  /** As printed, lower case; empty where there is none. */
  readonly sha: string;
  readonly tree: string;
  readonly release: string;
  /** Author's name where the notice lists by author (release shortlogs); empty otherwise. */
  readonly author: string;
  /** How it names its patch: by the mail that it answers, by title, by the upstream commit, or it holds the patch. */
  readonly aim: 'answered' | 'title' | 'commit' | 'itself';
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

type Needed = 'kind' | 'aim' | 'confidence' | 'start' | 'end';

/** An item with the fields that most kinds leave empty. */
export function noticeItem(item: Pick<NoticeItem, Needed> & Partial<NoticeItem>): NoticeItem {
  return { title: '', position: null, sha: '', tree: '', release: '', author: '', ...item };
}

/** The commit id at the start of a text, lower case: 7 to 40 hex digits, not more. Empty where there is none. */
export function shaAt(text: string): string {
  return /^([0-9a-f]{7,40})(?![0-9a-z])/i.exec(text)?.[1]?.toLowerCase() ?? '';
}

/** A line of a summary as bots print it, `[v3,2/7] title` or `[2/7] title`, taken apart; undefined for other lines. */
export function summaryLine(text: string): { position: number | null; title: string } | undefined {
  const close = text.indexOf(']');
  if (!text.startsWith('[') || close < 0) return undefined;
  const title = text.slice(close + 1).trim();
  if (title === '') return undefined;
  const counter = /(?:^|[,\s])0*(\d{1,4})\/\d{1,4}(?:$|[,\s])/.exec(text.slice(1, close));
  return { position: counter ? Number(counter[1]) : null, title };
}
