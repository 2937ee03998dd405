/**
 * MIME tree: a mail's parts, found by their boundaries.
 *
 * In: a multipart body. Out: its leaves in order, each with its type and undecoded bytes.
 * Our own, and not mailparser's, because that joins text parts, drops blanks and unfolds format=flowed: line
 * numbers of the body, on which quotes and evidence stand, would not hold. A forwarded mail (message/rfc822)
 * is one leaf: its words are not this mail's. What becomes of the leaves: ./mime.ts
 */
import { limits } from '../model/limits.ts';
import type { Trouble } from '../model/message.ts';
import { type ContentType, readContentType } from './content-type.ts';
import { indexHeaders, parseHeaders } from './headers.ts';

export interface Leaf {
  readonly content: ContentType;
  readonly bytes: Uint8Array;
  /** Where it stands: `2.1` is the first part of the second part; `1` where there is only one. */
  readonly place: string;
  /** True below a multipart/alternative: a form of what another leaf says too. */
  readonly isAlternative: boolean;
  /** True for a part of a multipart/digest: a mail that came by itself to others. */
  readonly isDigested: boolean;
}

interface Walk {
  readonly leaves: Leaf[];
  readonly troubles: Trouble[];
  parts: number;
}

/** All leaves of a body with the given type, at most limits.mimeParts. */
export function findLeaves(content: ContentType, bytes: Uint8Array, troubles: Trouble[]): Leaf[] {
  const walk: Walk = { leaves: [], troubles, parts: 0 };
  visit(walk, { content, bytes, place: '', isAlternative: false, isDigested: false }, 0);
  return walk.leaves;
}

function visit(walk: Walk, part: Leaf, depth: number): void {
  if (!part.content.type.startsWith('multipart/')) {
    walk.leaves.push(part.place === '' ? { ...part, place: '1' } : part);
    return;
  }
  const children = depth < limits.mimeDepth ? splitMultipart(part, walk.troubles) : [];
  if (children.length === 0) {
    // Nothing to split at: what is there is shown as text, so that its words are not lost.
    const detail = depth < limits.mimeDepth ? part.content.type : 'nested too deep';
    walk.troubles.push({ code: 'mime-unsplittable', detail });
    walk.leaves.push({ ...part, place: part.place || '1', content: { ...part.content, type: 'text/plain' } });
    return;
  }
  const isAlternative = part.isAlternative || part.content.type === 'multipart/alternative';
  const isDigested = part.content.type === 'multipart/digest';
  const fallback = isDigested ? 'message/rfc822' : 'text/plain';
  for (const [at, child] of children.entries()) {
    if (++walk.parts > limits.mimeParts) {
      walk.troubles.push({ code: 'mime-many', detail: `only the first ${limits.mimeParts} were read` });
      return;
    }
    const head = parseHeaders(child);
    const content = readContentType(indexHeaders(head.headers), fallback);
    const place = part.place === '' ? `${at + 1}` : `${part.place}.${at + 1}`;
    const bytes = child.subarray(head.bodyStart);
    visit(walk, { content, bytes, place, isAlternative, isDigested }, depth + 1);
  }
}

/** The bytes of each part; the line end before a boundary belongs to the boundary (RFC 2046 5.1.1). */
function splitMultipart(part: Leaf, troubles: Trouble[]): Uint8Array[] {
  if (!part.content.boundary) return [];
  const bytes = Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
  const children: Uint8Array[] = [];
  let start = -1;
  for (const line of boundaryLines(bytes, part.content.boundary)) {
    if (start >= 0) children.push(bytes.subarray(start, Math.max(start, line.start)));
    start = line.isClosing ? -1 : line.end;
    if (line.isClosing || children.length > limits.mimeParts) return children;
  }
  if (start >= 0) {
    troubles.push({ code: 'mime-unclosed', detail: part.content.type });
    children.push(bytes.subarray(start));
  }
  return children;
}

interface BoundaryLine {
  /** Before the line end that belongs to it. */
  readonly start: number;
  readonly end: number;
  readonly isClosing: boolean;
}

function* boundaryLines(bytes: Buffer, boundary: string): Generator<BoundaryLine> {
  const mark = Buffer.from(`--${boundary}`, 'utf8');
  let at = bytes.indexOf(mark);
  while (at >= 0) {
    const line = readBoundaryLine(bytes, at, at + mark.length);
    if (line) yield line;
    at = bytes.indexOf(mark, line ? line.end : at + mark.length);
  }
}

/** A boundary must begin its line and be all of it, but for a closing `--` and blanks. */
function readBoundaryLine(bytes: Buffer, at: number, markEnd: number): BoundaryLine | undefined {
  if (at > 0 && bytes[at - 1] !== 0x0a) return undefined;
  const isClosing = bytes[markEnd] === 0x2d && bytes[markEnd + 1] === 0x2d;
  let end = isClosing ? markEnd + 2 : markEnd;
  while (bytes[end] === 0x20 || bytes[end] === 0x09 || bytes[end] === 0x0d) end++;
  if (end < bytes.length && bytes[end] !== 0x0a) return undefined;
  const hasCarriage = at > 1 && bytes[at - 2] === 0x0d;
  return {
    start: at - (at === 0 ? 0 : hasCarriage ? 2 : 1),
    end: Math.min(end + 1, bytes.length),
    isClosing,
  };
}
