/**
 * Mail text: lines of a stranger's text, with its links made to work and nothing else.
 */
import { html, type TemplateResult } from 'lit';

const linkStart = /https?:\/\/[^\s<>"']{1,2000}/g;
/** What ends a sentence or a bracket around a link is not part of it. */
const linkEnd = /[.,;:!?)\]}]{1,10}$/;

export function drawText(text: string): (string | TemplateResult)[] {
  const pieces: (string | TemplateResult)[] = [];
  let at = 0;
  for (const match of text.matchAll(linkStart)) {
    const url = match[0].replace(linkEnd, '');
    pieces.push(text.slice(at, match.index));
    pieces.push(html`<a href=${url} rel="noopener noreferrer nofollow">${url}</a>`);
    at = match.index + url.length;
  }
  pieces.push(text.slice(at));
  return pieces;
}
