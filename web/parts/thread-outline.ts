/**
 * Thread outline: the tree of a thread in few letters a mail, with ghosts where a mail is named but not held.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { anchorOf } from '../../server/urls.ts';
import type { ThreadNode } from '../../server/wire.ts';
import { spanWords } from '../time-words.ts';

/** Deeper mails are drawn at this depth: a narrow column has no room for more. */
const deepest = 12;

/** `openPoints` counts by Message-ID; `current` is the anchor that the address names; later mails than `seenMs` are new. */
export function drawOutline(
  nodes: readonly ThreadNode[],
  current: string,
  openPoints: ReadonlyMap<string, number>,
  seenMs: number,
): TemplateResult {
  const times = new Map(nodes.map(({ messageId, message }) => [messageId, message?.sortMs]));
  return html`<ol class="outline">
    ${nodes.map(({ messageId, message, depth, parent }) => {
      const anchor = anchorOf(messageId);
      const indent = `depth-${Math.min(depth, deepest)}`;
      if (!message) {
        return html`<li class="ghost ${indent}"><a href=${`#${anchor}`}><span class="muted">not held</span> <code>${messageId}</code></a></li>`;
      }
      const asked = times.get(parent ?? '');
      const gap = asked === undefined ? 0 : message.sortMs - asked;
      const open = openPoints.get(messageId) ?? 0;
      return html`<li class=${indent}>
        <a href=${`#${anchor}`} aria-current=${anchor === current ? 'true' : nothing} title=${message.subject}
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
    })}
  </ol>`;
}
