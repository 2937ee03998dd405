/**
 * Statistics: how long reviews take and who carries the load.
 */
import { Option } from 'commander';
import { renderStatistics } from '../../present/text-statistics.ts';
import { ask } from '../ask.ts';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const statisticsCommands: readonly CommandSpec[] = [
  {
    name: 'statistics',
    options: [
      new Option('--list <name>', 'only of this mailing list'),
      new Option('--person <address>', 'series by this address, and reviews that it gave'),
      new Option('--dates <range>', 'only what began or was given then, such as 2020-07.. or last.year'),
    ],
    help: 'Count how long reviews take, how many rounds, and who reviews',
    run: runStatistics,
  },
];

async function runStatistics(session: Session, typed: Typed): Promise<number> {
  const { list, person, dates } = typed.options as { list?: string; person?: string; dates?: string };
  return session.withStore('read', async (store) => {
    const counted = await ask(session, store, {
      name: 'GET /api/v1/statistics',
      query: {
        ...(list === undefined ? {} : { list }),
        ...(person === undefined ? {} : { person }),
        ...(dates === undefined ? {} : { dates }),
      },
    });
    if (session.isJson) await session.writeJson(counted);
    else await session.terminal.write(renderStatistics(counted));
    return exitStatus.done;
  });
}
