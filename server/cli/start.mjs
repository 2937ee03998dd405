/**
 * Start: `npm start [-- SOURCE...]`, from a fresh clone to a page that can be opened.
 *
 * Installs and builds what is missing or changed, then runs `patchtrail up` with the same arguments in this process.
 * Plain JavaScript without dependencies: it runs before any are there.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install, isInstalled } from './checkout/install.mjs';
import { buildAll, program } from './checkout/steps.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (sentence) => process.stderr.write(`${sentence}\n`);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 18)) {
  say(`start: Node ${process.versions.node} is too old. Patchtrail needs Node 20.18.1 or newer.`);
  process.exit(1);
}
if (!isInstalled(root)) {
  say('installing the packages of package-lock.json (about a minute, once)');
  if (!install(root)) {
    say('start: npm ci failed. Its words are above; mend that and run npm start again.');
    process.exit(1);
  }
}
try {
  await buildAll(root, say);
} catch (error) {
  say(`start: ${error.message}`);
  process.exit(1);
}
process.argv.splice(2, 0, 'up');
await import(pathToFileURL(`${root}${program}`).href);
