/**
 * Digest links: what the mails of a thread point to: other mails, and commits.
 *
 * In: facts of the thread's mails, in order of time. Out: each target once, with every place that names it; those named
 * most often where there are too many. Commits that are written with 7 and with 40 digits are one.
 */
import type { Evidence } from '../model/fact.ts';
import { limits } from '../model/limits.ts';
import type { Mention } from '../model/review.ts';

export type DigestTarget =
  | { readonly kind: 'mail'; readonly messageId: string }
  | { readonly kind: 'commit'; readonly sha: string; readonly title: string; readonly isFixes: boolean };

export interface DigestLink {
  readonly target: DigestTarget;
  /** Every place that names it, in order of time. */
  readonly places: readonly Evidence[];
}

/** `named` are ids of other mails with where they are named; `own` are the thread's mails, which are no news. */
export function digestLinks(
  named: readonly { readonly messageId: string; readonly place: Evidence }[],
  mentions: readonly { readonly mention: Mention; readonly place: Evidence }[],
  own: ReadonlySet<string>,
): DigestLink[] {
  const mails = new Map<string, { target: DigestTarget; places: Evidence[] }>();
  for (const { messageId, place } of named) {
    if (own.has(messageId)) continue;
    const known = mails.get(messageId);
    if (known) known.places.push(place);
    else mails.set(messageId, { target: { kind: 'mail', messageId }, places: [place] });
  }
  return [...mails.values(), ...commitsOf(mentions)]
    .sort((a, b) => b.places.length - a.places.length)
    .slice(0, limits.digestLinks);
}

function commitsOf(
  mentions: readonly { readonly mention: Mention; readonly place: Evidence }[],
): { target: DigestTarget; places: Evidence[] }[] {
  const commits: { target: Extract<DigestTarget, { kind: 'commit' }>; places: Evidence[] }[] = [];
  for (const { mention, place } of mentions) {
    const { sha, title, isFixes } = mention;
    const at = commits.findIndex(({ target }) => target.sha.startsWith(sha) || sha.startsWith(target.sha));
    const known = commits[at];
    if (!known) {
      commits.push({ target: { kind: 'commit', sha, title, isFixes }, places: [place] });
      continue;
    }
    const { target, places } = known;
    commits[at] = {
      target: {
        kind: 'commit',
        sha: sha.length > target.sha.length ? sha : target.sha,
        title: target.title || title,
        isFixes: target.isFixes || isFixes,
      },
      places: [...places, place],
    };
  }
  return commits;
}
