/**
 * Point facts: the review comments of one reply with what became of them, as the store keeps them.
 */
import type { Point } from '../model/review.ts';
import type { FoundPoint } from '../reply/point.ts';
import { findPointStatus } from '../reply/point-status.ts';
import type { ReadReply } from '../reply/read-reply.ts';
import type { StoredFact } from '../store/store.ts';
import { laterChange } from './later-change.ts';
import type { ReviewContext } from './review-message.ts';

export function pointFacts(context: ReviewContext): StoredFact[] {
  const { reply, points, successors } = context;
  if (points.length === 0) return [];
  const below = context.below();
  return points.map((found): StoredFact => {
    const target = reply.target?.messageId ?? '';
    const changedSince = laterChange(
      patchLines(reply, found.point),
      successors.get(target) ?? { kind: 'none' },
    );
    const status = findPointStatus({ found, reply, below, changedSince });
    const value: Point = { ...found.point, status };
    const { messageId } = reply.mail;
    return { ...found.basis, kind: 'point', owner: messageId, subject: target || messageId, value };
  });
}

/** Words of talk: no line of a patch, so nothing is known of them. */
const otherWords = [''];
/** Quoted lines between a comment and the line of the patch that it is about. */
const betweenMost = 12;

/**
 * The lines of the patch that a comment is about, since only these can change in its next version: the anchor itself, or,
 * below words that others said of the patch, the line that they quote. None where it is about the posting as a whole.
 */
function patchLines(
  { aligned, ancestors, target, blocks }: ReadReply,
  point: FoundPoint['point'],
): readonly string[] {
  const { anchorMessage, anchorStart, anchorEnd, start } = point;
  if (!target) return [];
  if (anchorMessage === target.messageId)
    return anchorStart < 0 ? [] : target.lines.slice(anchorStart, anchorEnd);
  const source = ancestors.indexOf(target);
  const above = blocks.find((block) => block.start === start)?.above ?? -1;
  for (let at = above; at >= 0 && above - at <= betweenMost; at--) {
    const line = aligned[at];
    if (!line) break;
    if (line.source === source && line.sourceLine >= 0)
      return target.lines.slice(line.sourceLine, line.sourceEnd);
  }
  return otherWords;
}
