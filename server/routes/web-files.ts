/**
 * Web files: what vite built, by name. Names with a hash never change their bytes, so a browser may keep them for ever.
 * A file that the build packed (`x.js.br`) goes out packed to whoever takes it so.
 *
 * The list is read once at the start: what is not in it is not there, so no path of a request ever reaches the disk.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { chooseEncoding } from '../compress-answers.ts';
import type { ServerParts } from './parts.ts';

const packedEnding = '.br';

/** `assets/main-B2x9_a1c.js`; a word of eight letters is no hash. */
const hashedName = /-([A-Za-z0-9_-]{8})\.[a-z0-9]{1,8}$/;

export function addWebFiles(app: Hono, { webRoot }: ServerParts): void {
  if (webRoot === null) return;
  const names = listFiles(webRoot);
  const packed = new Set(names.filter((name) => name.endsWith(packedEnding)));
  const read = (name: string) => new Uint8Array(readFileSync(join(webRoot, name)));
  for (const name of names) {
    if (name === 'index.html' || packed.has(name)) continue;
    const type = getMimeType(name) ?? 'application/octet-stream';
    const cache = isHashed(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
    app.get(`/${name}`, (c) => {
      c.header('Content-Type', type);
      c.header('Cache-Control', cache);
      const twin = `${name}${packedEnding}`;
      if (!packed.has(twin) || chooseEncoding(c.req.header('accept-encoding') ?? '') !== 'br')
        return c.body(read(name));
      c.header('Vary', 'Accept-Encoding');
      c.header('Content-Encoding', 'br');
      return c.body(read(twin));
    });
  }
}

function isHashed(name: string): boolean {
  const hash = hashedName.exec(name)?.[1] ?? '';
  return /[A-Z0-9_-]/.test(hash);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path).split(sep).join('/'));
}
