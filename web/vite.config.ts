/**
 * Build of the pages: one shell, one script at first load, one chunk a page, one style sheet.
 *
 * Nothing is inlined, since the content security policy knows no `data:`; modules need no polyfill in browsers that
 * know es2022. Names of built files carry a hash, so the server may let them be kept for ever.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
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
  },
});
