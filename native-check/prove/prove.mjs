/**
 * Proof: the checker tells a kernel with the fix from one without it, on real kernels, boot after boot.
 *
 *   node native-check/prove/prove.mjs [--arch x86_64|arm64] [--boots N] [--cpus 1,2,4] [--methods placement,marker,family]
 *
 * Out: progress on stderr, a table on stdout. Exit: 0 each boot as demanded, 1 a wrong verdict, 64 usage, 69 a package is
 * missing (named), 70 a build or a boot gave no result.
 */
import { parseArgs } from 'node:util';
import { arches } from './arches.mjs';
import { bootKernel, prepareGuest } from './boot.mjs';
import { checkerArguments, findFaults, listCells, methods } from './cells.mjs';
import { Fault } from './fault.mjs';
import { buildKernels, findKernels } from './kernel-build.mjs';
import { findMissingPackages } from './requirements.mjs';
import { renderTable } from './table.mjs';

const started = performance.now();
const tell = (sentence) => {
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stderr.write(`prove ${String(seconds).padStart(4)} s  ${sentence}\n`);
};

function readOptions() {
  const options = {
    arch: { type: 'string', default: 'x86_64' },
    boots: { type: 'string', default: '3' },
    cpus: { type: 'string', default: '1,2,4' },
    methods: { type: 'string', default: methods.join(',') },
  };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Fault(64, error.message);
  }
  const arch = Object.hasOwn(arches, values.arch) ? arches[values.arch] : undefined;
  if (arch === undefined) throw new Fault(64, `--arch is one of ${Object.keys(arches).join(', ')}`);
  const cpuCounts = values.cpus.split(',').map(Number);
  if (!cpuCounts.every((cpus) => Number.isInteger(cpus) && cpus >= 1 && cpus <= 8))
    throw new Fault(64, '--cpus is a list of numbers from 1 to 8');
  const boots = Number(values.boots);
  if (!Number.isInteger(boots) || boots < 1) throw new Fault(64, '--boots is a number from 1');
  const wished = values.methods.split(',');
  if (!wished.every((method) => methods.includes(method)))
    throw new Fault(64, `--methods is a list of ${methods.join(', ')}`);
  return { arch, boots, cpuCounts, wished };
}

async function proveCell(cell, count, guest) {
  const boots = [];
  for (let n = 1; n <= count; n++) {
    const boot = await bootKernel({ ...guest, ...cell, kernel: guest.images[cell.variant] });
    const faults = findFaults(cell, boot);
    boots.push({ ...boot, faults });
    const name = `${cell.variant}, ${cell.method}, ${cell.cpus} CPUs, boot ${n}`;
    tell(`${name}: ${faults.length === 0 ? cell.demanded : faults.join('; ')}`);
    if (boot.exit === undefined) tell(boot.text.trimEnd().split('\n').slice(-8).join('\n'));
  }
  return { cell, boots };
}

async function main() {
  const { arch, boots, cpuCounts, wished } = readOptions();
  const known = findKernels(arch);
  const missing = findMissingPackages(arch, !known.complete);
  if (missing.length > 0)
    throw new Fault(69, `packages are missing: apt-get install --no-install-recommends ${missing.join(' ')}`);
  const images = known.complete ? known.images : await buildKernels(arch, tell);
  tell(`kernels in ${known.folder}`);
  const { files, remove } = await prepareGuest(arch);
  const rows = [];
  for (const cell of listCells(cpuCounts, wished))
    rows.push(
      await proveCell({ ...cell, args: checkerArguments(cell.method) }, boots, { arch, images, files }),
    );
  remove();
  process.stdout.write(`${renderTable(rows)}\n`);
  const all = rows.flatMap((row) => row.boots);
  const wrong = all.filter((boot) => boot.faults.length > 0);
  tell(`${all.length - wrong.length} of ${all.length} boots as demanded`);
  if (wrong.some((boot) => boot.exit === undefined)) return 70;
  return wrong.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`prove: ${error.message}\n`);
  process.exitCode = error.exit;
}
