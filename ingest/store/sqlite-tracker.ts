/**
 * SQLite's tracker: the part of the engine that ./tracker.ts describes, on the connection of ./sqlite.ts.
 */
import type { Connection } from './connection.ts';
import { listHappenings } from './happening-rows.ts';
import { findKeys } from './keys.ts';
import { listPatches } from './patch-list-rows.ts';
import { countPeople } from './person-rows.ts';
import { addAudit, addRecord, listAudit, readRecords, removeRecord, setRecord } from './record-rows.ts';
import { listSendings } from './sending-list-rows.ts';
import type { Tracker } from './tracker.ts';
import {
  listSubmitters,
  readChecks,
  readIds,
  readListNumbers,
  writeChecks,
  writePatchMark,
} from './tracker-rows.ts';

/** Runs an action on the connection when it is its turn. */
export type Turn = <T>(action: (connection: Connection) => T) => Promise<T>;

export function sqliteTracker(read: Turn, write: Turn): Tracker {
  return {
    getNumbers: (ids) => read((connection) => findKeys(connection, ids)),
    getIds: (numbers) => read((connection) => readIds(connection, numbers)),
    getListNumbers: () => read(readListNumbers),
    listPatches: (...asked) => read((connection) => listPatches(connection, ...asked)),
    listSendings: (...asked) => read((connection) => listSendings(connection, ...asked)),
    listHappenings: (...asked) => read((connection) => listHappenings(connection, ...asked)),
    listSubmitters: (...asked) => read((connection) => listSubmitters(connection, ...asked)),
    countPeople: (...asked) => read((connection) => countPeople(connection, ...asked)),
    putPatchMark: (id, mark) => write((connection) => writePatchMark(connection, id, mark)),
    putChecks: (checks) => write((connection) => writeChecks(connection, checks)),
    getChecks: (ids) => read((connection) => readChecks(connection, ids)),
    addRecord: (...record) => write((connection) => addRecord(connection, ...record)),
    setRecord: (...record) => write((connection) => setRecord(connection, ...record)),
    removeRecord: (number) => write((connection) => removeRecord(connection, number)),
    getRecords: (...asked) => read((connection) => readRecords(connection, ...asked)),
    addAudit: (row) => write((connection) => addAudit(connection, row)),
    listAudit: (...asked) => read((connection) => listAudit(connection, ...asked)),
  };
}
