/** Base mails: what the fuzz mutates: the bundled sample, and the real mails of the corpora where they are at hand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusMails, corpusNames, oddMails } from '../support/corpora.ts';
import { checkout } from '../support/terminal.ts';

export function sampleMails(): Buffer[] {
  const sample = join(checkout, 'ingest/sample/mail');
  const names = readdirSync(sample).filter((name) => name.endsWith('.mbox'));
  return names.sort().flatMap((name) =>
    readFileSync(join(sample, name), 'latin1')
      .split(/^From .*\n/m)
      .slice(1)
      .map((mail) => Buffer.from(mail, 'latin1')),
  );
}

/** Larger mails show nothing that these do not, once they are repeated and joined. */
const mostBytes = 8 * 1024;

/** Real mails of usual size; none where there are no corpora. */
export function realMails(): Buffer[] {
  try {
    const small = corpusNames().flatMap((name) =>
      corpusMails(name).filter((mail) => mail.length < mostBytes),
    );
    return [...small, ...oddMails().values()];
  } catch {
    // No corpora on this machine: the sample alone is mutated.
    return [];
  }
}
