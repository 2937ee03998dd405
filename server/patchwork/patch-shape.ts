/**
 * Patch shape: patches as lists show them, and one with its mail.
 */
import type { Message } from '../../ingest/model/message.ts';
import { patchName } from '../../ingest/patch/patch-name.ts';
import type { PatchRow, StoredCheck } from '../../ingest/store/tracker.ts';
import { diffSpan } from '../present/diff.ts';
import type { Asked } from './asked.ts';
import { combineChecks } from './check-shape.ts';
import type { Links } from './links.ts';
import { loadChecks, loadRelated, loadSendingsOf, loadSite } from './loader.ts';
import { patchShape, personShape, projectShape, type Site, seriesShape, userShape } from './shapes.ts';

/** Patches for a list, in order. */
export async function shapePatches(asked: Asked, rows: readonly PatchRow[]): Promise<object[]> {
  const { links } = asked;
  const [site, sendings, checks, related] = await Promise.all([
    loadSite(asked),
    loadSendingsOf(asked, rows),
    loadChecks(asked, rows),
    loadRelated(asked, rows),
  ]);
  return rows.map((row) => {
    const sending = sendings.get(row.revisionNumber ?? 0);
    const { head, mbox } = headOf(links, site, row);
    const others = (related.get(row.lineage ?? '') ?? []).filter((one) => one.number !== row.number);
    return {
      ...head,
      commit_ref: row.commitRef,
      pull_url: row.pullUrl,
      state: row.slug,
      archived: row.isArchived,
      hash: row.hash,
      submitter: personShape(links, row.submitter),
      delegate: delegateShape(asked, site, row),
      mbox,
      series: sending ? [seriesShape(links, sending)] : [],
      ...(links.minor >= 1 ? { comments: links.thing('patches', row.number, 'comments') } : {}),
      check: combineChecks(checks.get(row.messageId) ?? ([] as StoredCheck[])),
      checks: links.thing('patches', row.number, 'checks'),
      tags: {},
      ...(links.minor >= 2 ? { related: others.map((one) => patchShape(links, one)) } : {}),
    };
  });
}

/** One patch with headers, text and diff. */
export async function shapePatchDetail(asked: Asked, row: PatchRow): Promise<object> {
  const [shape] = await shapePatches(asked, [row]);
  const message = (await asked.parts.mails.read([row.messageId])).get(row.messageId);
  const { content, diff } = splitPatch(message);
  const { prefixes } = patchName(message?.subject ?? '', row.lists[0] ?? '');
  return { ...shape, headers: headersShape(message), content, diff, prefixes };
}

/** Covers for a list, in order. */
export async function shapeCovers(asked: Asked, rows: readonly PatchRow[]): Promise<object[]> {
  const { links } = asked;
  const [site, sendings] = await Promise.all([loadSite(asked), loadSendingsOf(asked, rows)]);
  return rows.map((row) => {
    const sending = sendings.get(row.revisionNumber ?? 0);
    const { head, mbox } = headOf(links, site, row);
    return {
      ...head,
      submitter: personShape(links, row.submitter),
      ...(mbox === undefined ? {} : { mbox }),
      series: sending ? [seriesShape(links, sending)] : [],
      ...(links.minor >= 1 ? { comments: links.thing('covers', row.number, 'comments') } : {}),
    };
  });
}

export async function shapeCoverDetail(asked: Asked, row: PatchRow): Promise<object> {
  const [shape] = await shapeCovers(asked, [row]);
  const message = (await asked.parts.mails.read([row.messageId])).get(row.messageId);
  return { ...shape, headers: headersShape(message), content: message?.body ?? '' };
}

function delegateShape({ links }: Asked, { accounts }: Site, { delegate }: PatchRow) {
  const account = accounts.find(({ number }) => number === delegate);
  return account ? userShape(links, account) : null;
}

/** Headers by name as written; repeated ones are an array. */
export function headersShape(message: Message | undefined): Record<string, string | string[]> {
  const headers = new Map<string, string | string[]>();
  for (const { name, value } of message?.headers ?? []) {
    const text = Buffer.from(value, 'latin1').toString('utf8').trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? text : [...(Array.isArray(before) ? before : [before]), text]);
  }
  return Object.fromEntries(headers);
}

/** The text before the diff, and the diff: that of the body, else that of an attachment. */
export function splitPatch(message: Message | undefined): { content: string; diff: string | null } {
  const body = message?.body ?? '';
  const span = diffSpan(body);
  if (span) {
    const lines = body.split('\n');
    return {
      content: lines.slice(0, span.start).join('\n').trimEnd(),
      diff: `${lines.slice(span.start, span.end).join('\n')}\n`,
    };
  }
  const attached = message?.attachments.map(({ text }) => text ?? '').find((text) => diffSpan(text));
  return { content: body.trimEnd(), diff: attached ?? null };
}

/** What patches and covers begin with, in Patchwork's order; `mbox` stands further down in both. */
function headOf(links: Links, site: Site, row: PatchRow) {
  const { id, url, web_url, msgid, list_archive_url, date, name, mbox } = patchShape(links, row);
  const head = {
    id,
    url,
    ...(web_url === undefined ? {} : { web_url }),
    project: projectShape(links, site, row.lists[0] ?? ''),
    msgid,
    ...(list_archive_url === undefined ? {} : { list_archive_url }),
    date,
    name,
  };
  return { head, mbox };
}
