/** The sender names the older mail: `v2: https://lore.kernel.org/r/ID`, `Link to v1:`, `Supersedes:`. */
import type { StatedLink } from '../../model/posting.ts';
import type { Reason, Rule } from './rule.ts';

const strength = {
  'link-with-version': 3,
  'link-supersedes': 3,
  'link-in-change-log': 2,
  'link-in-text': 1,
} as const;

export const statedLinkRule: Rule = ({ newer, older }) => {
  const held = new Set(older.parts.map((part) => part.messageId));
  let best: Reason | null = null;
  let bestStrength = 0;
  for (const part of newer.parts) {
    for (const link of part.links) {
      if (!held.has(link.messageId)) continue;
      const rule = ruleOf(link, newer.version, [
        older.version,
        ...older.parts.map((p) => p.subject.patchVersion ?? -1),
      ]);
      if (strength[rule] <= bestStrength) continue;
      best = { rule, evidence: [link.evidence] };
      bestStrength = strength[rule];
    }
  }
  return best ? [best] : [];
};

/** A version label must fit the linked mail, else the link is to something else of interest. */
function ruleOf(
  link: StatedLink,
  newerVersion: number,
  olderVersions: readonly number[],
): keyof typeof strength {
  if (link.where === 'trailer') return 'link-supersedes';
  if (link.version !== null && olderVersions.includes(link.version) && link.version <= newerVersion) {
    return 'link-with-version';
  }
  return link.where === 'change-log' ? 'link-in-change-log' : 'link-in-text';
}
