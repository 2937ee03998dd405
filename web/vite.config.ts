/**
 * Build of the pages: one shell, one script at first load, one chunk a page, one style sheet.
 *
 * Nothing is inlined, since the content security policy knows no `data:`; modules need no polyfill in browsers that
 * know es2022. Names of built files carry a hash, so the server may let them be kept for ever. Each has a twin that is
 * packed by Brotli already: to pack a page's scripts anew for each reader takes longer than to send them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const packedTwins: Plugin = {
  name: 'packed-twins',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => /\.(?:js|css)$/.test(one)))
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(readFileSync(join(dir, name))));
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [packedTwins],
  build: {
    outDir: '../dist/web',
    // The server names the modules of a page in the shell by it.
    manifest: 'manifest.json',
    emptyOutDir: true,
    target: 'es2022',
    // `light-dark()` stays as it is written.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
    // What two pages share comes with the first script: a dozen small files take longer than one.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 3 }] } } },
  },
});
