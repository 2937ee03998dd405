/**
 * Landings: what became of a patch, as bots and maintainers say in mail, and as git shows.
 */

export type NoticeKind =
  | 'patchwork-bot'
  | 'b4-ty'
  | 'tip-bot'
  | 'applied-reply'
  | 'stable-note'
  | 'stable-review'
  /** Proposed for a stable tree by AUTOSEL: not in it. */
  | 'stable-candidate'
  | 'release'
  | 'pull-merged'
  /** Asked to be pulled: not taken yet. */
  | 'pull-request'
  | 'akpm'
  | 'commit-mail'
  | 'committed'
  | 'revert'
  | 'dropped'
  /** A later patch says that it mends this one. */
  | 'mended'
  /** No mail: a git repository holds it. */
  | 'git';

/** One item of a notice: this patch became that commit there. */
export interface Landing {
  /** The mail that says so. */
  readonly notice: string;
  readonly kind: NoticeKind;
  /** The posting it speaks of; null where it names only a commit or a title. */
  readonly messageId: string | null;
  readonly title: string;
  /** As printed, 7 to 40 digits; empty where none is given. */
  readonly sha: string;
  /** `torvalds/linux.git`, `tip sched/urgent`, `5.4-stable`; empty where unknown. */
  readonly tree: string;
  /** First release that has it, such as `5.4.53` or `v5.8-rc6`; empty where unknown. */
  readonly release: string;
  readonly atMs: number;
}
