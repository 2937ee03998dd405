/** The table of linking rules. A new kind of evidence is one file and one row here. */
import { authorRule } from './author.ts';
import { backportRule } from './backport.ts';
import { changeIdRule } from './change-id.ts';
import { newFilesRule } from './new-files.ts';
import { pullBatchRule } from './pull-batch.ts';
import { replyToOlderRule } from './reply-to-older.ts';
import type { Rule } from './rule.ts';
import { diffLikenessRule, sharedPatchesRule } from './shared-patches.ts';
import { statedLinkRule } from './stated-link.ts';
import { timeGapRule } from './time-gap.ts';
import { titleRule } from './title.ts';
import { versionStepRule } from './version-step.ts';

export const allRules: readonly Rule[] = [
  changeIdRule,
  statedLinkRule,
  replyToOlderRule,
  titleRule,
  sharedPatchesRule,
  diffLikenessRule,
  newFilesRule,
  versionStepRule,
  authorRule,
  timeGapRule,
  backportRule,
  pullBatchRule,
];
