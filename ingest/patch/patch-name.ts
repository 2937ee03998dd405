/**
 * Patch names: a subject as trackers show it: `[PATCH v2 1/3] x` is `[v2,1/3] x`.
 *
 * After Patchwork's clean_subject (patchwork/parser.py), so that names are the same there and here: brackets at the
 * start lose `PATCH` and the list's own name, and what is left in them is joined by commas.
 */

export interface PatchName {
  readonly name: string;
  readonly prefixes: readonly string[];
}

/** Takes a decoded subject apart; `list` is the name of its list, which says nothing on it. */
export function patchName(subject: string, list: string): PatchName {
  const dropped = new Set(['patch', list.toLowerCase()]);
  const prefixes: string[] = [];
  let rest = subject
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:re|fwd?)[:\s] ?/i, '');
  for (;;) {
    const end = rest.startsWith('[') ? rest.indexOf(']') : -1;
    if (end < 0) break;
    const words = rest.slice(1, end).split(/[,\s]/);
    prefixes.push(...words.filter((word) => word !== '' && !dropped.has(word.toLowerCase())));
    rest = rest.slice(end + 1).trimStart();
  }
  return { name: prefixes.length === 0 ? rest : `[${prefixes.join(',')}] ${rest}`, prefixes };
}
