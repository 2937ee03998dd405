/**
 * Files that a sending creates are its subject: two sendings of which each creates files and none the same ("add test
 * 05", "add test 06") are different, however many lines of one template they share.
 */
import { headerEvidence } from '../../model/fact.ts';
import type { Sending } from '../sending.ts';
import type { Rule } from './rule.ts';

export const newFilesRule: Rule = ({ newer, older, samePatches }) => {
  if (samePatches > 0) return [];
  const [created, before] = [createdPaths(newer), createdPaths(older)];
  if (created.size === 0 || before.size === 0 || [...created].some((path) => before.has(path))) return [];
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  return [{ rule: 'new-files-differ', evidence }];
};

function createdPaths({ parts }: Sending): Set<string> {
  const files = parts.flatMap((part) => part.files);
  return new Set(files.filter(({ status }) => status === 'added').map(({ path }) => path));
}
