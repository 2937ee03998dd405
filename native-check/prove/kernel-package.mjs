/**
 * Kernel packages: the kernel image out of a Debian `linux-image` package, unpacked and not installed.
 *
 * In: a path. Out: the path of an image to boot, with what removes it again; a path that is no package is the image.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from './fault.mjs';
import { runCommand } from './run-command.mjs';

export async function unpackKernel(path) {
  if (!path.endsWith('.deb')) return { image: path, remove: () => {} };
  const place = mkdtempSync(join(tmpdir(), 'patchtrail-kernel-'));
  const remove = () => rmSync(place, { recursive: true, force: true });
  process.once('exit', remove);
  const { status, output } = await runCommand('dpkg-deb', ['--extract', path, place]);
  if (status !== 0) throw new Fault(64, `dpkg-deb cannot unpack ${path}:\n${output}`);
  const image = listNames(join(place, 'boot')).find((name) => name.startsWith('vmlinuz-'));
  if (image === undefined) throw new Fault(64, `there is no kernel image in ${path}`);
  return { image: join(place, 'boot', image), remove };
}

function listNames(folder) {
  try {
    return readdirSync(folder);
  } catch {
    // A package without /boot is no kernel's: the caller says so.
    return [];
  }
}
