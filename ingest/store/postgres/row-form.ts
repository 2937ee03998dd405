/**
 * Row form: rows of PostgreSQL's tables in the form for all engines (../row-form.ts), and back.
 */
import { packedBytes } from '../packed-json.ts';
import type { RowForm } from '../row-form.ts';

/** Tables whose `data` is packed; in others it is text. */
const packedTables = new Set(['posting', 'placement', 'revision', 'series', 'fact']);

export const postgresForm: RowForm = {
  read: (row) =>
    Array.isArray(row.link_hashes)
      ? { ...row, link_hashes: JSON.stringify(row.link_hashes.map(Number)) }
      : row,
  write: (table, row) => {
    const { data, link_hashes: hashes } = row;
    return {
      ...row,
      ...(packedTables.has(table) && (typeof data === 'string' || data instanceof Uint8Array)
        ? { data: packedBytes(data) }
        : {}),
      ...(typeof hashes === 'string' ? { link_hashes: JSON.parse(hashes) } : {}),
    };
  },
};
