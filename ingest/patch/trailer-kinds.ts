/**
 * Trailer kinds: the names of trailers that are known, and what their value is.
 *
 * A name that is not here can still be a trailer of a commit message where its paragraph is one; in a reply only the
 * kinds that can be given count. One more kind: one row. Reading them: ./trailer.ts
 */

export interface TrailerKind {
  /** Lower case. */
  readonly name: string;
  readonly value: 'person' | 'commit' | 'url' | 'machine' | 'text';
  /** True where a reader of a patch can give it in a reply. */
  readonly isGiven: boolean;
  readonly help: string;
}

export const trailerKinds: readonly TrailerKind[] = [
  { name: 'signed-off-by', value: 'person', isGiven: true, help: 'passed the patch on under the DCO' },
  { name: 'reviewed-by', value: 'person', isGiven: true, help: 'read it and agrees' },
  { name: 'acked-by', value: 'person', isGiven: true, help: 'agrees, mostly as maintainer' },
  { name: 'tested-by', value: 'person', isGiven: true, help: 'ran it' },
  { name: 'nacked-by', value: 'person', isGiven: true, help: 'objects' },
  { name: 'nak-by', value: 'person', isGiven: true, help: 'objects' },
  { name: 'co-developed-by', value: 'person', isGiven: true, help: 'wrote part of it' },
  { name: 'co-authored-by', value: 'person', isGiven: true, help: 'wrote part of it' },
  { name: 'reported-by', value: 'person', isGiven: true, help: 'found the bug' },
  { name: 'suggested-by', value: 'person', isGiven: true, help: 'had the idea' },
  { name: 'requested-by', value: 'person', isGiven: true, help: 'asked for it' },
  { name: 'debugged-by', value: 'person', isGiven: true, help: 'found the cause' },
  { name: 'bisected-by', value: 'person', isGiven: true, help: 'found the commit that broke it' },
  { name: 'diagnosed-by', value: 'person', isGiven: true, help: 'found the cause' },
  { name: 'analyzed-by', value: 'person', isGiven: true, help: 'found the cause' },
  { name: 'reviewed-and-tested-by', value: 'person', isGiven: true, help: 'read and ran it' },
  { name: 'reported-and-tested-by', value: 'person', isGiven: true, help: 'found the bug and ran the fix' },
  { name: 'tested-and-reviewed-by', value: 'person', isGiven: true, help: 'read and ran it' },
  { name: 'inspired-by', value: 'person', isGiven: true, help: 'gave the idea' },
  { name: 'thanks-to', value: 'person', isGiven: false, help: 'credit' },
  { name: 'originally-by', value: 'person', isGiven: false, help: 'wrote an earlier form' },
  { name: 'cc', value: 'person', isGiven: false, help: 'is to see it; stable@ asks for a backport' },
  { name: 'fixes', value: 'commit', isGiven: true, help: 'the commit that brought the bug' },
  { name: 'link', value: 'url', isGiven: false, help: 'the mail or page it comes from' },
  { name: 'closes', value: 'url', isGiven: true, help: 'the report that it answers' },
  { name: 'buglink', value: 'url', isGiven: false, help: 'the report' },
  { name: 'bug', value: 'url', isGiven: false, help: 'the report' },
  { name: 'references', value: 'url', isGiven: false, help: 'something to read' },
  { name: 'message-id', value: 'machine', isGiven: false, help: 'the mail that it was' },
  { name: 'change-id', value: 'machine', isGiven: false, help: 'stays with a series or patch' },
  { name: 'base-commit', value: 'machine', isGiven: false, help: 'the commit it applies to' },
  { name: 'prerequisite-patch-id', value: 'machine', isGiven: false, help: 'a patch that comes before' },
  { name: 'prerequisite-change-id', value: 'machine', isGiven: false, help: 'a series that comes before' },
  { name: 'prerequisite-message-id', value: 'machine', isGiven: false, help: 'a mail that comes before' },
  { name: 'depends-on', value: 'machine', isGiven: false, help: 'what comes before' },
  { name: 'based-on', value: 'machine', isGiven: false, help: 'what comes before' },
  { name: 'supersedes', value: 'machine', isGiven: false, help: 'the older revision' },
  { name: 'obsoleted-by', value: 'machine', isGiven: true, help: 'the newer revision' },
  { name: 'assisted-by', value: 'text', isGiven: false, help: 'a tool that helped' },
  { name: 'generated-by', value: 'text', isGiven: false, help: 'a tool that wrote it' },
];

const kindsByName: ReadonlyMap<string, TrailerKind> = new Map(trailerKinds.map((kind) => [kind.name, kind]));

/** Words that begin a line with a colon behind them and are no trailer. */
const falseFriends: ReadonlySet<string> = new Set([
  'bcc',
  'date',
  'example',
  'from',
  'ftp',
  'http',
  'https',
  'mail',
  'note',
  'notes',
  'phone',
  'sent',
  'subject',
  'tel',
  'to',
  'todo',
  'warning',
]);

/** The kind of a name in any case. Any other `-by` is a person's. */
export function findTrailerKind(name: string): TrailerKind | undefined {
  const lower = name.toLowerCase();
  const known = kindsByName.get(lower);
  if (known || !lower.endsWith('-by') || lower === '-by') return known;
  return { name: lower, value: 'person', isGiven: true, help: 'credit' };
}

/** True for a word that looks like a trailer's name and is none (`v2:` begins a change log). */
export function isFalseFriend(name: string): boolean {
  return falseFriends.has(name.toLowerCase()) || /^v\d{1,3}$/i.test(name);
}
