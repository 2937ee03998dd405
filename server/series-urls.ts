/** Series URLs: a series, one revision of it, or two side by side, read from the parts of a path. Pure. */
import { type DiffStyle, labelForm, oneOf, splitAt, text } from './url-text.ts';
import type { Place } from './urls.ts';

export function readSeries(ids: readonly string[], query: URLSearchParams): Place | undefined {
  if (ids.length === 0) return undefined;
  const last = ids.length > 1 ? (ids.at(-1) ?? '') : '';
  const [from = '', to = ''] = splitAt(last, '..');
  if (labelForm.test(from) && labelForm.test(to)) {
    return {
      page: 'compare',
      id: ids.slice(0, -1).join('/'),
      from,
      to,
      patch: /^-?\d{1,5}$/.test(query.get('patch') ?? '') ? text(query, 'patch') : '',
      view: diffStyle(query),
      hasWords: query.get('words') !== '0',
      isQuiet: query.get('quiet') === '1',
    };
  }
  // A slash that a proxy decoded belongs to the id: only a label ends it.
  const hasLabel = labelForm.test(last);
  const id = (hasLabel ? ids.slice(0, -1) : ids).join('/');
  return { page: 'series', id, revision: hasLabel ? last : '', points: text(query, 'points') };
}

export function diffStyle(query: URLSearchParams): DiffStyle {
  return oneOf(query, 'view', ['unified', 'split']);
}
