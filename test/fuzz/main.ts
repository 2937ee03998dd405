/**
 * Fuzz: `npm run fuzz [-- --mails 1000000 --seed 1 --from 0]`. Mutates the sample and, where they are at hand, the
 * corpora; prints how far it is, then what was seen. `--show N` writes mail N of the seed to stdout instead.
 */
import { parseArgs } from 'node:util';
import { realMails, sampleMails } from './base-mails.ts';
import { type FuzzResult, fuzz, fuzzMail } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    show: { type: 'string' },
  },
});
const seed = Number(values.seed);
const base = [...sampleMails(), ...realMails()];
if (values.show !== undefined) {
  process.stdout.write(fuzzMail(base, seed, Number(values.show)));
} else {
  const startedMs = performance.now();
  const say = (result: FuzzResult) => {
    const seconds = (performance.now() - startedMs) / 1000;
    const { mails, bytes, slowest, slow, crashed, peakBytes } = result;
    process.stdout.write(
      `${mails} mails of ${base.length}, ${(bytes / 1e6).toFixed(0)} MB, ${seconds.toFixed(0)} s (${process.cpuUsage().user / 1e6} s of CPU), ` +
        `slowest ${slowest.ms.toFixed(1)} ms (mail ${slowest.at}), ${slow.length} slow, ${crashed.length} crashed, peak ${(peakBytes / 1e6).toFixed(0)} MB\n`,
    );
  };
  const result = await fuzz(base, {
    seed,
    from: Number(values.from),
    mails: Number(values.mails),
    onStep: (step) => {
      if (step.mails % 20_000 === 0) say(step);
    },
  });
  say(result);
  for (const { ms, at, bytes } of result.slow)
    process.stdout.write(`slow: mail ${at}: ${ms.toFixed(0)} ms, ${bytes} bytes\n`);
  for (const { at, error } of result.crashed) process.stdout.write(`crashed: mail ${at}: ${error}\n`);
  if (result.slow.length + result.crashed.length > 0) process.exitCode = 1;
}
