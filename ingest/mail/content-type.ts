/**
 * Content types: what kind of part the Content-* headers say it is.
 *
 * In: a part's headers. Out: its type, charset, boundary, name and encoding.
 * A type that cannot be read counts as text/plain (RFC 2045 5.2), so that the words of the mail are shown.
 */
import libmime from 'libmime';
import { decodeEightBit, decodeWords, unfold } from './header-text.ts';
import type { HeaderIndex } from './headers.ts';
import { type TransferEncoding, transferEncoding } from './transfer.ts';

export interface ContentType {
  /** Lower-case, such as `text/plain`. */
  readonly type: string;
  /** As written; empty where none is named. */
  readonly charset: string;
  /** Empty where there is none. */
  readonly boundary: string;
  readonly filename: string;
  readonly isAttachment: boolean;
  readonly isFlowed: boolean;
  readonly encoding: TransferEncoding;
}

/** Reads the Content-* headers; `fallback` is the type of a part that names none. */
export function readContentType(index: HeaderIndex, fallback = 'text/plain'): ContentType {
  const [written, params] = readParams(index.get('content-type')?.[0] ?? '');
  const [disposition, dispositionParams] = readParams(index.get('content-disposition')?.[0] ?? '');
  const type = written.toLowerCase();
  return {
    type: type === '' ? fallback : isType(type) ? type : 'text/plain',
    charset: params.get('charset') ?? '',
    boundary: params.get('boundary') ?? '',
    filename: dispositionParams.get('filename') || (params.get('name') ?? ''),
    // RFC 2183 2.8: an unknown disposition counts as attachment.
    isAttachment: disposition !== '' && disposition.toLowerCase() !== 'inline',
    isFlowed: (params.get('format') ?? '').toLowerCase() === 'flowed',
    encoding: transferEncoding(index.get('content-transfer-encoding')?.[0] ?? ''),
  };
}

/** True for `text/plain`, false for `text` and other words that some old mailers wrote. */
function isType(type: string): boolean {
  return /^[^\s/]+\/[^\s/]+$/.test(type);
}

function readParams(value: string): [value: string, params: Map<string, string>] {
  const params = new Map<string, string>();
  if (!value) return ['', params];
  const parsed = libmime.parseHeaderValue(unfold(decodeEightBit(value)), { stripComments: true });
  for (const [name, text] of Object.entries(parsed.params))
    params.set(name, decodeWords(String(text)).trim());
  return [parsed.value.trim(), params];
}
