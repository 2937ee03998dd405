/**
 * Message-ID argument: what people paste for a mail: `<id>`, a bare id, or a link to an archive.
 *
 * In: what was typed. Out: the bare id; whether it is held is for the store to say.
 */

/** The id in `https://lore.kernel.org/list/ID/T/#u`, `<ID>` or `ID`. */
export function bareMessageId(typed: string): string {
  const text = typed.trim().replace(/^</, '').replace(/>$/, '');
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return text;
  // The one segment of a path that holds an @ is the id; `%2F` in it stands for a slash of its own.
  const segment = new URL(text).pathname.split('/').find((part) => /@|%40/.test(part));
  if (segment === undefined) return text;
  try {
    return decodeURIComponent(segment);
  } catch {
    // A lone % of an id that was never escaped: take it as it stands.
    return segment;
  }
}
