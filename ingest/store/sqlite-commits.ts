/**
 * SQLite's commits: the part of the engine that ./commits.ts describes, on the connection of ./sqlite.ts.
 */
import * as rows from './commit-rows.ts';
import type { CommitStore } from './commits.ts';
import type { Turn } from './sqlite-tracker.ts';

export function sqliteCommits(read: Turn, write: Turn): CommitStore {
  return {
    getTrees: () => read(rows.readTrees),
    putTree: (tree) => write((connection) => rows.writeTree(connection, tree)),
    dropTree: (path) => write((connection) => rows.deleteTree(connection, path)),
    putCommits: (...given) => write((connection) => rows.writeCommits(connection, ...given)),
    dropCommits: (...given) => write((connection) => rows.deleteCommits(connection, ...given)),
    setReleases: (...given) => write((connection) => rows.writeReleases(connection, ...given)),
    listUncompared: (...asked) => read((connection) => rows.listUncompared(connection, ...asked)),
    putPatchIds: (...given) => write((connection) => rows.writePatchIds(connection, ...given)),
    findCommits: (keys) => read((connection) => rows.findCommits(connection, keys)),
  };
}
