/**
 * Texts of the archive: the help pages that clients of public-inbox ask for, as plain text.
 */
import { searchPrefixes } from '../../../ingest/search/prefixes.ts';

/** By name; `config` differs by list, so that it can be given to git. */
export function archiveText(name: string, list: string, base: string): string | undefined {
  switch (name) {
    case 'help':
      return helpText();
    case 'color':
      return 'Pages follow the colours of your browser; they bring none of their own.\n';
    case 'mirror':
      return `This archive keeps no git repositories. Its mail can be taken as one mbox:

  curl -O ${base}all.mbox.gz

and what a search finds:

  lei q -O ${base} -o mfolder 's:patch'
`;
    case 'config':
      return `; for ~/.public-inbox/config or git-config
[publicinbox ${JSON.stringify(list)}]
\turl = ${base}
`;
    default:
      return undefined;
  }
}

function helpText(): string {
  const rows = searchPrefixes.map(({ name, aliases, help, example }) => {
    const names = [name, ...aliases].map((word) => `${word}:`).join(' ');
    return `  ${names.padEnd(14)} ${help}\n${' '.repeat(17)}${example}`;
  });
  return `Search
------
Words next to each other must all be there; AND, OR, NOT (or -word), parentheses, "phrases" and word* are known.

${rows.join('\n')}

Addresses
---------
  MESSAGE-ID/           one message          MESSAGE-ID/raw        as received, as an mbox of one
  MESSAGE-ID/T/         its thread by date   MESSAGE-ID/t/         its thread as a tree
  MESSAGE-ID/t.mbox.gz  its thread as mbox   MESSAGE-ID/t.atom     its thread as a feed
  ?q=QUERY              search               ?q=QUERY&x=A          as a feed; POST with x=m: as mbox.gz
  new.atom              the newest mails     all.mbox.gz           all of them
`;
}
