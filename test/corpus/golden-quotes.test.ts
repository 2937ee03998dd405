import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../ingest/mail/mime.ts';
import type { AncestorText } from '../../ingest/reply/line-align.ts';
import { alignQuotes } from '../../ingest/reply/quote-align.ts';
import { corporaOptions, corpusMails } from '../support/corpora.ts';

const golden = '901929746.433.1594069712898.JavaMail.zimbra@efficios.com';

test(
  'in the mail that announces the kernel fix, four depths lead to four mails',
  corporaOptions,
  async () => {
    const mails = new Map<string, AncestorText & { readonly parent: string | undefined }>();
    for (const raw of corpusMails('rseq-2019-2020.mbox.gz')) {
      const { messageId, from, inReplyTo, body } = await parseMessage(raw);
      mails.set(messageId, { messageId, fromName: from.name, lines: body.split('\n'), parent: inReplyTo[0] });
    }
    const reply = mails.get(golden);
    assert.ok(reply);
    const ancestors: AncestorText[] = [];
    for (let at = mails.get(reply.parent ?? ''); at; at = mails.get(at.parent ?? '')) ancestors.push(at);
    const byDepth = new Map<number, Set<string | null>>();
    for (const quote of alignQuotes(reply, ancestors)) {
      byDepth.set(quote.depth, (byDepth.get(quote.depth) ?? new Set()).add(quote.source));
    }
    assert.deepEqual(
      [...byDepth].sort((a, b) => a[0] - b[0]).map(([depth, sources]) => [depth, ...sources]),
      [
        [1, '87blks344u.fsf@oldenburg2.str.redhat.com'],
        [2, '1449254526.22910.1594058539512.JavaMail.zimbra@efficios.com'],
        [3, '87k0zg3535.fsf@oldenburg2.str.redhat.com'],
        [4, '1679448037.22891.1594056826859.JavaMail.zimbra@efficios.com'],
      ],
    );
  },
);
