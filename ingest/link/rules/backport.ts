/**
 * A patch that a stable maintainer sends on for an older release is a backport, not a revision of its series; nor are
 * patches for two releases revisions of each other, or patches for a stable release (`5.4.y`) of those for the newest
 * code, unless the version goes up.
 */
import { headerEvidence } from '../../model/fact.ts';
import type { Sending } from '../sending.ts';
import type { Rule } from './rule.ts';

export const backportRule: Rule = ({ newer, older }) => {
  const backports = [newer, older].filter(isBackport);
  const areOfOneSender = backports.length === 2 && newer.authorAddress === older.authorAddress;
  const [found] = areOfOneSender ? [] : backports;
  if (found) return [{ rule: 'backport-by-other', evidence: [headerEvidence(found.id, 'subject')] }];
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  return isForOtherRelease(newer, older) ? [{ rule: 'other-release', evidence }] : [];
};

function isBackport({ parts }: Sending): boolean {
  const [first] = parts.filter((part) => !part.isCover);
  if (!first || first.senderAddress === first.authorAddress) return false;
  return first.subject.tags.some(({ kind }) => kind === 'release' || kind === 'backport');
}

function isForOtherRelease(newer: Sending, older: Sending): boolean {
  if (newer.version > older.version || newer.isResend || older.isRfc) return false;
  const [release, before] = [releaseOf(newer), releaseOf(older)];
  if (release !== undefined && before !== undefined) return release !== before;
  return isForStable(newer) || isForStable(older);
}

/** `5.4.y`, `5.4.x`, `stable 5.4` */
function isForStable(sending: Sending): boolean {
  const release = releaseOf(sending);
  if (release === undefined) return false;
  return (
    /\.[xy]$/.test(release) || !!sending.parts[0]?.subject.tags.some(({ text }) => /^-?stable$/i.test(text))
  );
}

function releaseOf({ parts }: Sending): string | undefined {
  return parts[0]?.subject.tags.find(({ kind }) => kind === 'release')?.text;
}
