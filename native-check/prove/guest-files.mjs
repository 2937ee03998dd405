/**
 * The guest's files: an initramfs of four entries, written as the "newc" archive that the kernel unpacks.
 *
 * In: the two programs. Out: the archive's bytes. Written here and not by `cpio`, because only so can a user who is not
 * root put a console device into it, without which the first program has no output.
 */

const kinds = { folder: 0o040755, program: 0o100755, console: 0o020600 };

function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function entry(number, name, mode, data = Buffer.alloc(0), device = [0, 0]) {
  const fields = [number, mode, 0, 0, 1, 0, data.length, 0, 0, ...device, name.length + 1, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.from(`${header}${name}\0`, 'latin1')), padded(data)]);
}

export function renderGuestFiles(init, checker) {
  return Buffer.concat([
    entry(1, 'dev', kinds.folder),
    entry(2, 'dev/console', kinds.console, undefined, [5, 1]),
    entry(3, 'proc', kinds.folder),
    entry(4, 'init', kinds.program, init),
    entry(5, 'check-native', kinds.program, checker),
    entry(0, 'TRAILER!!!', 0),
  ]);
}
