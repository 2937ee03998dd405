/**
 * Real parts: what the commands call outside of tests, each loaded when it is first needed.
 */
import type { Parts } from './parts.ts';

export const realParts: Parts = {
  openStore: async (location, options) =>
    (await import('../../ingest/store/open.ts')).openStore(location, options),
  openSources: async (spec, options) =>
    (await import('../../ingest/source/open.ts')).openSources(spec, options),
  ingest: async (options) => (await import('../../ingest/pipeline.ts')).ingest(options),
  followMaintainers: async (store, repositories) =>
    (await import('../../ingest/follow-maintainers.ts')).followMaintainers(store, repositories),
  rebuild: async (options) => (await import('../../ingest/pipeline.ts')).rebuild(options),
  derive: async (store, options) => (await import('../../ingest/stage/derive.ts')).derive(store, options),
  backupStore: async (location, target) =>
    (await import('../../ingest/store/backup.ts')).backupStore(location, target),
  restoreStore: async (backup, location, options) =>
    (await import('../../ingest/store/backup.ts')).restoreStore(backup, location, options),
  move: async (...given) => (await import('../../ingest/move.ts')).moveBetween(...given),
  request: async (store, config, path) => (await import('./own-app.ts')).requestOwnApp(store, config, path),
  check: async (options) => (await import('./machine-check.ts')).checkMachine(options),
  sendMail: async (mail) => (await import('../send-mail.ts')).sendMail(mail),
  serveMcp: async (...given) => (await import('../mcp/stdio.ts')).serveMcp(...given),
  serve: async (options) => (await import('../main.ts')).serve(options),
};
