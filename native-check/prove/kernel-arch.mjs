/**
 * Kernel architecture: read off an image's own header, so that nobody has to say it.
 *
 * In: a path. Out: a name of ./arches.mjs; undefined for what is no image that one of them boots. Sources: the kernel's
 * Documentation/arch/x86/boot.rst (HdrS) and Documentation/arch/arm64/booting.rst (ARM\\x64).
 */
import { closeSync, openSync, readSync } from 'node:fs';

const signatures = [
  { arch: 'x86_64', at: 0x202, text: 'HdrS' },
  { arch: 'arm64', at: 56, text: 'ARMd' },
  // A packed Image: a bzImage unpacks itself and is never packed as a whole.
  { arch: 'arm64', at: 0, text: '\x1f\x8b\x08' },
];

export function readKernelArch(path) {
  const head = Buffer.alloc(1024);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  const text = head.toString('latin1');
  return signatures.find((row) => text.startsWith(row.text, row.at))?.arch;
}
