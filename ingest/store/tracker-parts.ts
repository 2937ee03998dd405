/**
 * Tracker parts: the parts of an engine that ./tracker.ts and ./commits.ts describe, made of the steps that all share.
 */
import * as commits from './commit-rows.ts';
import type { CommitStore } from './commits.ts';
import type { Dialect } from './dialect.ts';
import { listHappenings } from './happening-rows.ts';
import { findKeysOf } from './key-steps.ts';
import { listPatches } from './patch-list-rows.ts';
import { countPeople } from './person-rows.ts';
import { addAudit, addRecord, listAudit, readRecords, removeRecord, setRecord } from './record-rows.ts';
import { listSendings } from './sending-list-rows.ts';
import type { Steps } from './steps.ts';
import type { Tracker } from './tracker.ts';
import {
  listSubmitters,
  readChecks,
  readIds,
  readListNumbers,
  readPatchMarks,
  writeChecks,
  writePatchMark,
} from './tracker-rows.ts';

/** Runs steps when it is their turn. */
export type Run = <T>(steps: Steps<T>) => Promise<T>;

export function makeTracker(dialect: Dialect, read: Run, write: Run): Tracker {
  return {
    getNumbers: (ids) => read(findKeysOf(dialect, ids)),
    getIds: (numbers) => read(readIds(dialect, numbers)),
    getListNumbers: () => read(readListNumbers()),
    listPatches: (...asked) => read(listPatches(dialect, ...asked)),
    listSendings: (...asked) => read(listSendings(dialect, ...asked)),
    listHappenings: (...asked) => read(listHappenings(dialect, ...asked)),
    listSubmitters: (...asked) => read(listSubmitters(dialect, ...asked)),
    countPeople: (...asked) => read(countPeople(dialect, ...asked)),
    putPatchMark: (id, mark) => write(writePatchMark(id, mark)),
    getPatchMarks: (ids) => read(readPatchMarks(dialect, ids)),
    putChecks: (checks) => write(writeChecks(checks)),
    getChecks: (ids) => read(readChecks(dialect, ids)),
    addRecord: (...record) => write(addRecord(...record)),
    setRecord: (...record) => write(setRecord(...record)),
    removeRecord: (number) => write(removeRecord(number)),
    getRecords: (...asked) => read(readRecords(...asked)),
    addAudit: (row) => write(addAudit(row)),
    listAudit: (...asked) => read(listAudit(...asked)),
  };
}

export function makeCommits(dialect: Dialect, read: Run, write: Run): CommitStore {
  return {
    getTrees: () => read(commits.readTrees()),
    putTree: (tree) => write(commits.writeTree(tree)),
    dropTree: (path) => write(commits.deleteTree(path)),
    putCommits: (...given) => write(commits.writeCommits(...given)),
    dropCommits: (...given) => write(commits.deleteCommits(...given)),
    setReleases: (...given) => write(commits.writeReleases(...given)),
    listUncompared: (...asked) => read(commits.listUncompared(dialect, ...asked)),
    putPatchIds: (...given) => write(commits.writePatchIds(...given)),
    findCommits: (keys) => read(commits.findCommits(keys)),
  };
}
