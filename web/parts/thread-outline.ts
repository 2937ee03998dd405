/**
 * Thread outline: the tree of a thread in few letters a mail, with ghosts where a mail is named but not held.
 *
 * Drawn in blocks, each again only where something of it changed.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PlacedNode, ThreadShape } from '../thread-shape.ts';
import { spanWords } from '../time-words.ts';

/** Deeper mails are drawn at this depth: a narrow column has no room for more. */
const deepest = 12;
const blockNodes = 100;

export interface OutlineView {
  /** The anchor that the address names. */
  readonly current: string;
  /** Counts by Message-ID. */
  readonly openPoints: ReadonlyMap<string, number>;
  /** Later mails are new. */
  readonly seenMs: number;
  /** How many of the first are drawn. */
  readonly to: number;
}

export function drawOutline(shape: ThreadShape, view: OutlineView): TemplateResult {
  const { current, openPoints, seenMs, to } = view;
  const placed = shape.inOrder('nested').slice(0, to);
  const blocks: unknown[] = [];
  for (let start = 0; start < placed.length; start += blockNodes) {
    const block = placed.slice(start, start + blockNodes);
    const at = block.findIndex(({ anchor }) => anchor === current);
    const open = block.map(({ node }) => openPoints.get(node.messageId) ?? 0);
    blocks.push(
      guard(
        [shape, block.length, at, open.join(), seenMs],
        () =>
          html`<ol class="outline ${block.length === blockNodes ? 'full' : ''}">${block.map((one, index) =>
            drawNode(shape, one, index === at, open[index] ?? 0, seenMs),
          )}</ol>`,
      ),
    );
  }
  return html`${blocks}`;
}

function drawNode(
  shape: ThreadShape,
  { node, anchor }: PlacedNode,
  isCurrent: boolean,
  open: number,
  seenMs: number,
): TemplateResult {
  const { messageId, message, depth } = node;
  const indent = `depth-${Math.min(depth, deepest)}`;
  if (!message) {
    return html`<li class="ghost ${indent}"><a href=${`#${anchor}`}><span class="muted">not held</span> <code>${messageId}</code></a></li>`;
  }
  const gap = shape.gapMs(node);
  return html`<li class=${indent}>
    <a href=${`#${anchor}`} aria-current=${isCurrent ? 'true' : nothing} title=${message.subject}
      ><bdi>${message.from.name || message.from.address}</bdi></a
    >${message.parentIsGuess ? html`<span class="guess" title="Its place is a guess">°?</span>` : nothing}${
      message.sortMs > seenMs
        ? html` <span class="news" title="new since you looked"><span class="visually-hidden">new</span></span>`
        : nothing
    }${
      message.isPosting ? html` <span class="patch-sign" title="a patch">◆</span>` : nothing
    }${open > 0 ? html` <span class="open-dot" title=${`${open} open`}>${open}</span>` : nothing}
    <span class="muted gap">${gap > 0 ? `+${spanWords(gap)}` : ''}</span>
  </li>`;
}
