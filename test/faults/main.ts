/**
 * Faults: `npm run faults [-- --seed 7 --times 50 WORD...]`. Lets every fault strike often and prints the fault matrix.
 *
 * With words only the faults whose name contains one. A strike after which something was wrong ends its row, says
 * which one it was, and ends the command with status 1.
 */
import { parseArgs } from 'node:util';
import { faults } from './all.ts';
import { type Counts, runFault } from './run-fault.ts';
import { makeWorld } from './world.ts';

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, times: { type: 'string' } },
  allowPositionals: true,
});
const chosen = faults.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
const world = await makeWorld(2);
process.stdout.write(
  `${world.mails.length} mails, seed ${values.seed}\n\n| fault | strikes | sound | seen |\n|---|---|---|---|\n`,
);
for (const fault of chosen) {
  const why = fault.missing?.();
  if (why !== undefined) {
    process.stdout.write(`| ${fault.name} | 0 | | not here: ${why} |\n`);
    continue;
  }
  try {
    const times = values.times === undefined ? fault.long : Number(values.times);
    const counts = await runFault(fault, world, times, Number(values.seed));
    process.stdout.write(`| ${fault.name} | ${times} | ${times} | ${describe(counts)} |\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(
      `| ${fault.name} | | | WRONG: ${error instanceof Error ? error.message : error} |\n`,
    );
  }
}
await world.remove();

function describe(counts: Counts): string {
  const rows = [...counts].sort((a, b) => b[1] - a[1]);
  return rows.map(([seen, count]) => `${seen} ${count}`).join(', ');
}
