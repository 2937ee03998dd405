/**
 * Digest as text: the outline of a thread for terminals.
 */
import type { ThreadDigest, WireDigestItem, WireDigestLink, WireEvidence } from '../wire.ts';
import { shortName } from './person-name.ts';
import { countText, dateText, indent, joinText, section, timeText } from './text.ts';

const groups: readonly (readonly [WireDigestItem['group'], string])[] = [
  ['turning-point', 'Turning points'],
  ['disagreement', 'Disagreements'],
  ['decision', 'Decisions'],
];
const wordLines = 6;

export function renderDigest(digest: ThreadDigest): string {
  const { subject, mails, people, firstMs, lastMs, items, links } = digest;
  const counts = `${countText(mails, 'mail')} by ${people === 1 ? '1 person' : `${people} people`}`;
  return joinText([
    subject,
    `${counts}, ${dateText(firstMs)} to ${dateText(lastMs)}`,
    ...(items.length === 0 ? ['', 'Nothing in it was plainly decided or disputed.'] : []),
    ...groups.flatMap(([group, title]) =>
      section(title, items.filter((item) => item.group === group).flatMap(itemLines)),
    ),
    ...section('It points to', links.flatMap(linkLines)),
  ]);
}

function itemLines({ kind, person, atMs, span, answers, outcome, addressed }: WireDigestItem): string[] {
  const became = outcome ? `, ${outcome.status}` : '';
  const count = addressed > 0 ? `, addresses ${countText(addressed, 'point')}` : '';
  return [
    `${timeText(atMs)}  ${shortName(person)}: ${kind}${became}${count}  ${placeText(span)}`,
    ...(answers?.words ?? []).slice(0, wordLines).map((line) => `  > ${line}`),
    ...indent(span.words.slice(0, wordLines)),
    ...(outcome && outcome.status !== 'open' ? outcome.why.evidence.flatMap(outcomeLines(span)) : []),
  ];
}

/** The words that settled it, unless they are the words themselves. */
function outcomeLines(span: WireEvidence): (evidence: WireEvidence) => string[] {
  return (evidence) =>
    evidence.messageId === span.messageId
      ? []
      : [`  -> ${placeText(evidence)}`, ...indent(evidence.words.slice(0, wordLines), '     ')];
}

function linkLines({
  kind,
  messageId,
  masked,
  sha,
  title,
  isHeld,
  isFixes,
  places,
}: WireDigestLink): string[] {
  const what = kind === 'commit' ? `${isFixes ? 'fixes ' : ''}commit ${sha}` : (messageId ?? '');
  const hidden = masked === '' ? '' : ` (written ${masked})`;
  const held = kind === 'mail' && !isHeld ? ' (not held)' : '';
  return [
    `${what}${title === '' ? '' : `  ${title}`}${held}${hidden}`,
    ...places.slice(0, 3).map((place) => `  ${placeText(place)}`),
    ...(places.length > 3 ? [`  and ${countText(places.length - 3, 'more place')}`] : []),
  ];
}

function placeText({ messageId, part, start, end }: WireEvidence): string {
  return part === 'body' ? `${messageId}:${start + 1}${end > start + 1 ? `-${end}` : ''}` : messageId;
}
