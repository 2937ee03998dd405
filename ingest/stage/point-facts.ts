/**
 * Point facts: the review comments of one reply with what became of them, as the store keeps them.
 */
import type { Point } from '../model/review.ts';
import { findPoints } from '../reply/point.ts';
import { findPointStatus } from '../reply/point-status.ts';
import type { ReadReply } from '../reply/read-reply.ts';
import type { StoredFact } from '../store/store.ts';
import { laterChange, type Successor } from './later-change.ts';

export interface PointContext {
  /** Replies below, and later ones of the same sender under the same posting, oldest first. */
  readonly below: () => readonly ReadReply[];
  readonly successors: ReadonlyMap<string, Successor>;
}

export function pointFacts(reply: ReadReply, { below, successors }: PointContext): StoredFact[] {
  return findPoints(reply).map((found): StoredFact => {
    const { anchorMessage, anchorStart, anchorEnd } = found.point;
    const anchored = reply.ancestors.find(({ messageId }) => messageId === anchorMessage)?.lines ?? [];
    const target = reply.target?.messageId ?? '';
    // Only words of the patch itself can change in its next version.
    const successor = anchorMessage === target ? successors.get(target) : undefined;
    const changedSince = laterChange(anchored.slice(anchorStart, anchorEnd), successor ?? { kind: 'none' });
    const status = findPointStatus({ found, reply, below: below(), changedSince });
    const value: Point = { ...found.point, status };
    const { messageId } = reply.mail;
    return { ...found.basis, kind: 'point', owner: messageId, subject: target || messageId, value };
  });
}
