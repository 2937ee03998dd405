/**
 * Bench: `npm run bench -- [MODE] --corpus FILE.mbox.gz [options]`. One file a mode; without a name the first of the table.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchMode, ModeError, tell } from './mode.ts';
import { httpMode } from './modes/http.ts';
import { incrementMode } from './modes/increment.ts';
import { liveMode } from './modes/live.ts';
import { peersMode } from './modes/peers.ts';
import { stagesMode } from './modes/stages.ts';
import { storesMode } from './modes/stores.ts';
import { treesMode } from './modes/trees.ts';
import { webMode } from './modes/web.ts';

const modes: readonly BenchMode[] = [
  peersMode,
  stagesMode,
  incrementMode,
  liveMode,
  httpMode,
  storesMode,
  treesMode,
  webMode,
];

const [first = ''] = process.argv.slice(2);
const isNamed = first !== '' && !first.startsWith('-');
const mode = isNamed ? modes.find(({ name }) => name === first) : modes[0];
if (!mode) refuse(`there is no mode ${first}`);

try {
  const { values } = parseArgs({
    args: process.argv.slice(isNamed ? 3 : 2),
    options: { ...mode.options, corpus: { type: 'string' } },
  });
  const { corpus } = values;
  if (typeof corpus !== 'string' || !existsSync(corpus)) throw new ModeError('name a corpus that is there');
  await mode.run({ ...values, corpus: resolve(corpus) });
} catch (error) {
  if (error instanceof ModeError || (error instanceof TypeError && 'code' in error)) refuse(error.message);
  throw error;
}

function refuse(sentence: string): never {
  tell(`bench: ${sentence}\n\nnpm run bench -- [MODE] --corpus FILE.mbox.gz`);
  for (const { name, says, options } of modes) {
    const shown = Object.entries(options).map(([option, { default: value }]) => ` [--${option} ${value}]`);
    tell(`  ${name.padEnd(10)} ${says}${shown.join('')}`);
  }
  process.exit(2);
}
