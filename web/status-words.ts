/**
 * Status words: what the states, turns and verdicts of wire.ts are called, and how loud each is drawn.
 */
import type { GridCell } from '../server/wire.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'calm';

interface Words {
  readonly word: string;
  readonly tone: Tone;
}

export const stateWords: Readonly<Record<string, Words>> = {
  new: { word: 'new', tone: 'calm' },
  rfc: { word: 'asks for comments', tone: 'calm' },
  'under-review': { word: 'under review', tone: 'info' },
  'changes-requested': { word: 'changes requested', tone: 'warn' },
  reviewed: { word: 'reviewed', tone: 'info' },
  queued: { word: 'queued', tone: 'ok' },
  applied: { word: 'applied', tone: 'ok' },
  landed: { word: 'landed', tone: 'ok' },
  rejected: { word: 'rejected', tone: 'bad' },
  superseded: { word: 'superseded', tone: 'calm' },
  withdrawn: { word: 'withdrawn', tone: 'calm' },
};

export const pointWords: Readonly<Record<string, Words>> = {
  open: { word: 'open', tone: 'warn' },
  contested: { word: 'contested', tone: 'bad' },
  answered: { word: 'answered', tone: 'info' },
  agreed: { word: 'agreed', tone: 'info' },
  addressed: { word: 'addressed', tone: 'ok' },
  withdrawn: { word: 'withdrawn', tone: 'calm' },
};

export const verdictWords: Readonly<Record<string, Words & { readonly sign: string }>> = {
  fixed: { word: 'fixed', tone: 'ok', sign: '✓' },
  broken: { word: 'not fixed', tone: 'bad', sign: '✗' },
  inconclusive: { word: 'cannot tell', tone: 'warn', sign: '?' },
  unsupported: { word: 'cannot tell here', tone: 'warn', sign: '?' },
  'not-affected': { word: 'not affected', tone: 'calm', sign: '–' },
  unknown: { word: 'unknown', tone: 'calm', sign: '·' },
};

export const checkWords: Readonly<Record<string, Words & { readonly sign: string }>> = {
  pass: { word: 'pass', tone: 'ok', sign: '✓' },
  fail: { word: 'fail', tone: 'bad', sign: '✗' },
  skip: { word: 'skipped', tone: 'calm', sign: '–' },
  inconclusive: { word: 'cannot tell', tone: 'warn', sign: '?' },
  error: { word: 'error', tone: 'bad', sign: '!' },
};

/** What became of a patch since the version before. */
export const changeSigns: Readonly<Record<GridCell['changes'][number], { sign: string; word: string }>> = {
  same: { sign: '=', word: 'unchanged' },
  changed: { sign: '~', word: 'changed' },
  moved: { sign: '→', word: 'moved' },
  renamed: { sign: '✎', word: 'renamed' },
  split: { sign: '÷', word: 'split' },
  merged: { sign: '∪', word: 'merged' },
  new: { sign: '+', word: 'new' },
};

/** What a machine says of a patch. */
export const machineWords: Readonly<Record<string, Words>> = {
  success: { word: 'success', tone: 'ok' },
  warning: { word: 'warning', tone: 'warn' },
  fail: { word: 'failed', tone: 'bad' },
  pending: { word: 'runs still', tone: 'calm' },
};

export const stanceWords: Readonly<Record<string, Words>> = {
  ack: { word: 'acked', tone: 'ok' },
  review: { word: 'reviewed', tone: 'ok' },
  test: { word: 'tested', tone: 'ok' },
  objection: { word: 'objects', tone: 'bad' },
  'change-requested': { word: 'asks for a change', tone: 'warn' },
  question: { word: 'asks', tone: 'info' },
  agreement: { word: 'agrees', tone: 'ok' },
  applied: { word: 'applied it', tone: 'ok' },
};

/** What a span of a digest is. */
export const digestWords: Readonly<Record<string, Words>> = {
  'bug-found': { word: 'a fault', tone: 'warn' },
  'fix-posted': { word: 'a fix', tone: 'ok' },
  revision: { word: 'next version', tone: 'info' },
  'next-revision': { word: 'next version', tone: 'info' },
  objection: { word: 'objects', tone: 'bad' },
  contested: { word: 'contested', tone: 'bad' },
  disagreement: { word: 'disagrees', tone: 'warn' },
  decision: { word: 'decides', tone: 'ok' },
  concession: { word: 'gives in', tone: 'info' },
  applied: { word: 'applied it', tone: 'ok' },
  review: { word: 'reviewed', tone: 'ok' },
  ack: { word: 'acked', tone: 'ok' },
};

export const turnWords: Readonly<Record<string, string>> = {
  author: 'The author',
  reviewer: 'A reviewer',
  maintainer: 'A maintainer',
  nobody: 'Nobody',
};

/** By the name of the notice's kind; all say where a patch went, each in its own way. */
export const noticeWords: Readonly<Record<string, string>> = {
  'applied-reply': 'applied',
  'patchwork-bot': 'applied',
  'b4-ty': 'applied',
  'tip-bot': 'merged',
  'pull-merged': 'merged',
  akpm: 'in the -mm tree',
  'stable-note': 'added to stable',
  'stable-review': 'in stable review',
  'stable-candidate': 'proposed for stable',
  'pull-request': 'asked to be pulled',
  release: 'released',
  'commit-mail': 'committed',
  committed: 'committed',
  revert: 'reverted',
  dropped: 'dropped',
  mended: 'mended by a later patch',
  git: 'in git',
};

/** The row for a word of the wire; a word that is not known yet is shown as it is. */
export function wordsFor<Row extends Words>(table: Readonly<Record<string, Row>>, value: string): Words {
  return Object.hasOwn(table, value) ? (table[value] ?? plain(value)) : plain(value);
}

/** The sign beside a verdict, so that colour is never alone. */
export function signFor(
  table: Readonly<Record<string, Words & { readonly sign: string }>>,
  value: string,
): string {
  return Object.hasOwn(table, value) ? (table[value]?.sign ?? '·') : '·';
}

function plain(value: string): Words {
  return { word: value.replaceAll('-', ' '), tone: 'calm' };
}

/** Of a point: somebody still has to say or do something. */
export function isUnsettled(status: string): boolean {
  return status === 'open' || status === 'contested';
}
