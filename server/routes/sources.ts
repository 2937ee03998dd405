/**
 * Sources: a page of our own on this machine names where mail comes from, and it is pulled.
 *
 * It makes the server read files and ask other hosts, so no token replaces such a page, as with the local check.
 */
import { z } from 'zod';
import { UsageError } from '../../ingest/model/errors.ts';
import { changes } from './json-route.ts';

/** Longer locations name nothing. */
const longestLocation = 2000;
const longestName = 200;

export const sourceRoutes = [
  changes({
    name: 'POST /api/v1/sources',
    says: 'Adds a source, or pulls a known one now. How far it is tells /api/v1/status.',
    body: z
      .strictObject({
        location: z
          .string()
          .trim()
          .min(1)
          .max(longestLocation)
          .meta({ description: 'A path on this machine, imap(s)://user@host/folder or https://host/list/.' }),
        list: z
          .string()
          .trim()
          .max(longestName)
          .meta({ description: 'Empty: as the mails or the source say.' }),
      })
      .meta({ id: 'SourceRequest' }),
    gives: z.object({ locations: z.array(z.string()) }).meta({ id: 'SourceAdded' }),
    isForOwnPage: true,
    async answer({ addSource }, { body }) {
      if (addSource) return { locations: [...(await addSource(body))] };
      throw new UsageError('This server takes no sources', {
        remedy: 'Use patchtrail serve or patchtrail up on the machine itself, or patchtrail ingest SOURCE.',
      });
    },
  }),
];
