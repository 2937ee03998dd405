/**
 * Export: what the store holds and inferred, as JSON lines. A contract: see README.md here for every type.
 *
 * In: a store. Out: lines without their newline, sorted by code unit, so equal stores give equal bytes whatever the
 * order their mails came in. One type is gathered at a time; types follow each other by name, as sorting wants it.
 * What the fields mean: ./EXPORT.md
 */
import { type ExportedStore, type ExportType, exportTypes } from './export-types.ts';

/** All lines of these types; without types, of all. */
export async function* exportLines(
  store: ExportedStore,
  types?: readonly ExportType[],
): AsyncIterable<string> {
  for (const { name, read } of exportTypes) {
    if (types !== undefined && !types.includes(name)) continue;
    const lines: string[] = [];
    for await (const fields of read(store)) lines.push(JSON.stringify({ type: name, ...fields }));
    lines.sort();
    let before = '';
    for (const line of lines) {
      // The same fact can be held for two owners (a notice sent to two threads): it is told once.
      if (line !== before) yield line;
      before = line;
    }
  }
}
