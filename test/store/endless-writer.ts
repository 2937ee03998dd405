/** A process that writes mails into the store it is given, batch after batch, until it is killed. */
import { openStore } from '../../ingest/store/open.ts';
import { letter, source } from './letters.ts';

const store = await openStore(process.argv[2] ?? '');
for (let batch = 1; ; batch++) {
  const mails = Array.from({ length: 20 }, (_, at) =>
    letter({ id: `${batch}-${at}@example.org`, day: batch, body: `mail ${at} `.repeat(200), patch: {} }),
  );
  await store.putMails(mails, source({ cursor: String(batch), mails: batch * 20 }), batch);
  process.stdout.write(`${batch}\n`);
}
