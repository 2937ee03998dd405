/**
 * Open query: a query as the store understands it, where a reader knows a series by another name than the store.
 */
import type { Query } from '../../ingest/model/query.ts';
import type { Names } from './open-names.ts';

export function renameSeries(query: Query, series: Names): Query {
  switch (query.op) {
    case 'and':
    case 'or':
      return { ...query, items: query.items.map((item) => renameSeries(item, series)) };
    case 'not':
      return { ...query, item: renameSeries(query.item, series) };
    case 'value':
      return query.field === 'series' ? { ...query, value: series.whole(query.value) } : query;
    default:
      return query;
  }
}
