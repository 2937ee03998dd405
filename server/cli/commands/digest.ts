/**
 * Digest: `digest`, the day in one mail. Printed, or with --send put into the hands of a mail server; cron calls it.
 */
import { InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../../../ingest/model/errors.ts';
import { stripEnd } from '../../../ingest/model/strip-end.ts';
import { renderDigest } from '../../present/mail-digest.ts';
import { ask } from '../ask.ts';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

const dayMs = 86_400_000;

export const digestCommands: readonly CommandSpec[] = [
  {
    name: 'digest',
    options: [
      new Option('--me <address>', 'whose mail it is (default: `me` of the configuration)'),
      new Option('--list <name>', 'only series of this mailing list'),
      new Option('--days <number>', 'days since the last one').argParser(parseDays).default(1),
      new Option('--send', 'send it by the mail server that `smtp` names, and print nothing'),
    ],
    help: 'Tell by mail what waits for you and what the day brought',
    more: [
      'Every morning, by cron:',
      '  30 6 * * *  patchtrail --quiet digest --send',
      '',
      '`smtp` and `mailFrom` in patchtrail.toml say how; PATCHTRAIL_SMTP_PASSWORD holds the password.',
      'Where there is nothing to tell nothing is sent.',
    ].join('\n'),
    run: runDigest,
  },
];

async function runDigest(session: Session, typed: Typed): Promise<number> {
  const {
    me = session.config.me,
    list,
    days,
    send,
  } = typed.options as {
    me?: string;
    list?: string;
    days: number;
    send?: boolean;
  };
  const { config, terminal } = session;
  if (me === '') {
    throw new UsageError('Nobody was named whose mail it is', {
      remedy: 'Give --me ADDRESS, or `me` in patchtrail.toml.',
    });
  }
  if (send && (config.smtp === '' || config.mailFrom === '')) {
    throw new UsageError('No mail server is configured', {
      remedy: 'Set `smtp` and `mailFrom` in patchtrail.toml.',
    });
  }
  const nowMs = terminal.nowMs();
  const onList = list === undefined ? {} : { list };
  const mail = await session.withStore('read', async (store) => {
    const series = (query: object) =>
      ask(session, store, { name: 'GET /api/v1/series', query: { ...query, ...onList, limit: 200 } });
    const queue = await series({ person: me, sort: 'waiting' });
    const newest = await series({ sort: 'newest' });
    const sinceMs = nowMs - days * dayMs;
    const url = stripEnd(config.url, '/');
    return renderDigest({ me, queue: queue.items, newest: newest.items, sinceMs, nowMs, url });
  });
  if (mail === null) session.note('nothing to tell');
  else if (send) {
    await session.parts.sendMail({
      server: config.smtp,
      password: terminal.env.PATCHTRAIL_SMTP_PASSWORD ?? '',
      from: config.mailFrom,
      to: me,
      ...mail,
    });
    session.note(`sent to ${me}: ${mail.subject}`);
  } else if (session.isJson) await session.writeJson(mail);
  else await session.writeLines([`Subject: ${mail.subject}`, '', mail.text.trimEnd()]);
  return exitStatus.done;
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!/^\d{1,3}$/.test(text) || days < 1) throw new InvalidArgumentError('It must be a number of days.');
  return days;
}
