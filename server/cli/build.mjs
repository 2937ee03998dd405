/**
 * Build: `npm run build`. Makes the program, the pages and the native checker, each only when its sources changed.
 */
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './checkout/install.mjs';
import { buildAll } from './checkout/steps.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (sentence) => process.stderr.write(`${sentence}\n`);

if (!isInstalled(root) && !install(root)) {
  say('build: npm ci failed. Its words are above; mend that and run it again.');
  process.exit(1);
}
try {
  await buildAll(root, say);
} catch (error) {
  say(`build: ${error.message}`);
  process.exit(1);
}
