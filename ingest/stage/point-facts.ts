/**
 * Point facts: the review comments of one reply with what became of them, as the store keeps them.
 */
import type { Point } from '../model/review.ts';
import { findPointStatus } from '../reply/point-status.ts';
import type { StoredFact } from '../store/store.ts';
import { laterChange } from './later-change.ts';
import type { ReviewContext } from './review-message.ts';

export function pointFacts(context: ReviewContext): StoredFact[] {
  const { reply, points, successors } = context;
  if (points.length === 0) return [];
  const below = context.below();
  return points.map((found): StoredFact => {
    const { anchorMessage, anchorStart, anchorEnd } = found.point;
    const anchored = reply.ancestors.find(({ messageId }) => messageId === anchorMessage)?.lines ?? [];
    const target = reply.target?.messageId ?? '';
    // Only words of the patch itself can change in its next version.
    const successor = anchorMessage === target ? successors.get(target) : undefined;
    const changedSince = laterChange(anchored.slice(anchorStart, anchorEnd), successor ?? { kind: 'none' });
    const status = findPointStatus({ found, reply, below, changedSince });
    const value: Point = { ...found.point, status };
    const { messageId } = reply.mail;
    return { ...found.basis, kind: 'point', owner: messageId, subject: target || messageId, value };
  });
}
