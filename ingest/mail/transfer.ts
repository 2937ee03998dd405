/**
 * Transfer encodings: quoted-printable and base64 undone.
 *
 * In: the bytes of a part's body. Out: what its sender encoded.
 * Quoted-printable is our own because RFC 2045's advice to drop blanks at line ends, which libraries follow,
 * breaks patches of senders that leave them bare (git mailinfo keeps them too).
 */

export type TransferEncoding = 'identity' | 'quoted-printable' | 'base64' | 'unknown';

/** Which encoding a Content-Transfer-Encoding header names; empty means none. */
export function transferEncoding(value: string): TransferEncoding {
  const name = value.trim().toLowerCase();
  if (name === '' || name === '7bit' || name === '8bit' || name === 'binary') return 'identity';
  return name === 'quoted-printable' || name === 'base64' ? name : 'unknown';
}

/** Decodes a part's body; an unknown encoding leaves it as it is. */
export function decodeTransfer(bytes: Uint8Array, encoding: TransferEncoding): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(buffer);
  // Node stops at the padding, so an unencoded list footer behind it is left out.
  if (encoding === 'base64') return Buffer.from(buffer.toString('latin1'), 'base64');
  return buffer;
}

function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let index = 0;
  while (index < bytes.length) {
    const equals = bytes.indexOf(0x3d, index);
    const end = equals < 0 ? bytes.length : equals;
    bytes.copy(decoded, length, index, end);
    length += end - index;
    if (equals < 0) break;
    const high = hexDigit(bytes[equals + 1]);
    const low = hexDigit(bytes[equals + 2]);
    if (high >= 0 && low >= 0) {
      decoded[length++] = high * 16 + low;
      index = equals + 3;
      continue;
    }
    const soft = softBreakEnd(bytes, equals + 1);
    if (soft < 0) decoded[length++] = 0x3d;
    index = soft < 0 ? equals + 1 : soft;
  }
  return decoded.subarray(0, length);
}

/** Offset behind a soft line break whose `=` stands before `start`; -1 if something else follows the `=`. */
function softBreakEnd(bytes: Buffer, start: number): number {
  let index = start;
  while (bytes[index] === 0x20 || bytes[index] === 0x09 || bytes[index] === 0x0d) index++;
  if (index >= bytes.length) return bytes.length;
  return bytes[index] === 0x0a ? index + 1 : -1;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}
