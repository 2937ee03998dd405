/**
 * Packed JSON: JSON values as the store keeps them, short ones as text, longer ones deflated.
 *
 * A preset dictionary of our own field names makes small records small; it may never change, since stored values need
 * it. A new one would be a new marker and a migration.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Below this length packing costs more than it saves. */
const packFrom = 160;
/** A packed value is ours, so this only stops a damaged one from filling the memory. */
const unpackMost = 64 * 1024 * 1024;

const dictionary = Buffer.from(
  [
    '{"turn":"nobody","person":"maintainer","sinceMs":1500000000000,"why":"',
    '"links":[{"messageId":"","version":null,"where":"change-log","evidence":{"messageId":"","part":"body",',
    '{"kind":"rfc","text":"RFC"},{"kind":"tree","text":"net-next"},{"kind":"resend","text":"RESEND"},',
    '{"oldPath":"","path":"Documentation/include/linux/drivers/kernel/tools/testing/selftests/fs/net/mm/',
    '"added":1,"removed":0,"status":"added"},{"added":2,"removed":1,"status":"modified"},',
    '{"name":"Acked-by","value":"{"name":"Tested-by","value":"{"name":"Cc","value":"{"name":"Fixes","value":"',
    '{"name":"Reviewed-by","value":"{"name":"Signed-off-by","value":" <@kernel.org>","start":1,"end":2}],',
    '"authorAddress":"","authorName":"","senderAddress":"","senderName":"","subject":{"isReply":false,',
    '"isForward":false,"kind":"patch","tags":[],"isRfc":false,"isResend":false,"version":{"major":2,"minor":0},',
    '"version":null,"patchVersion":null,"position":1,"total":2,"title":"","titleKey":""},"isCover":false,',
    '"hasDiff":true,"replyChain":[],"lists":["vger.kernel.org"],"changeId":null,"baseCommit":null,"links":[],',
    '"changeLogVersions":[],"files":[],"trailers":[]}',
    '"anchorMessage":"","anchorStart":1,"anchorEnd":2,"posting":null,"status":{"value":"open",',
    '"source":null,"sourceStart":-1,"sourceEnd":-1,"depth":1,"start":0,"end":0,',
    '"rule":"","confidence":0.9,"evidence":[{"messageId":"","part":"body","start":1,"end":2}],"by":"rule"}',
    '"messageId":"@gmail.com","messageId":"@kernel.org","rule":"","confidence":1,"evidence":[],"by":"rule"},',
  ].join(''),
);
const options = { dictionary, level: 6, windowBits: 13, memLevel: 6 };

/** Stands before text that is kept as bytes; no deflated value begins with it, since it would be of a reserved kind. */
const textMark = Buffer.of(0x07);

/** The form to store. */
export function packJson(value: unknown): string | Uint8Array {
  const text = JSON.stringify(value);
  return text.length < packFrom ? text : deflateRawSync(text, options);
}

/** A stored form as bytes, for engines whose columns have one type. */
export function packedBytes(packed: string | Uint8Array): Buffer {
  return typeof packed === 'string'
    ? Buffer.concat([textMark, Buffer.from(packed)])
    : Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
}

/** The value of a stored form. The caller names its type. */
export function unpackJson<T>(packed: string | Uint8Array): T {
  return JSON.parse(textOf(packed)) as T;
}

function textOf(packed: string | Uint8Array): string {
  if (typeof packed === 'string') return packed;
  if (packed[0] === textMark[0]) return Buffer.from(packed.subarray(1)).toString();
  return inflateRawSync(packed, { dictionary, windowBits: 13, maxOutputLength: unpackMost }).toString();
}

/** Deflated bytes stand at the start of a larger buffer, all of which another thread would be sent. */
export function exactBytes(packed: string | Uint8Array): string | Uint8Array {
  return typeof packed === 'string' ? packed : new Uint8Array(packed);
}
