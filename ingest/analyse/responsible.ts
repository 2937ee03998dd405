/**
 * Responsible: who looks after the files that a series changes.
 *
 * In: the sections of a MAINTAINERS file, paths. Out: persons with their role and the section that says so, those of the
 * section with the closest pattern first. A section that takes everything (`F: *`) counts only where no other fits.
 * A kernel has three thousand sections: their patterns are sorted by the folders that they begin with.
 * How patterns match: scripts/get_maintainer.pl of the kernel.
 */
import { groupBy } from '../model/group-by.ts';
import { limits } from '../model/limits.ts';
import type { SeriesRole, Subsystem } from '../model/maintainers.ts';
import { contentLimits, contentPattern } from './content-pattern.ts';

/** Persons named for one series: a change of the whole tree has hundreds. */
const rolesMost = 40;
/** Files of a series that are looked at. */
const pathsMost = 400;

/** A pattern, taken apart. */
interface Pattern {
  readonly parts: readonly string[];
  /** `drivers/net/` takes all below it; a path or a wildcard only what stands at the same depth. */
  readonly isFolder: boolean;
  readonly subsystem: number;
  /** How close it is: its folders; 0 for what fits everything. */
  readonly depth: number;
}

/** Tells for the paths of a series, and for what its patches say, who looks after them. */
export interface FindResponsible {
  (paths: readonly string[], said?: readonly string[]): SeriesRole[];
  /** False where nothing asks what patches say, so that nobody need read them. */
  readonly asksContent: boolean;
}

/** `tree` names the repository that the sections come from. */
export function makeFindResponsible(subsystems: readonly Subsystem[], tree: string): FindResponsible {
  const index = indexOf(subsystems.flatMap(({ files }, at) => files.map((text) => patternOf(text, at))));
  const excluded = subsystems.map(({ excluded: texts }, at) => texts.map((text) => patternOf(text, at)));
  const patternsOf = (of: 'names' | 'contents') =>
    subsystems.flatMap((subsystem, at) =>
      subsystem[of].flatMap((text) => {
        const pattern = contentPattern(text);
        return pattern ? [[at, pattern] as const] : [];
      }),
    );
  const named = patternsOf('names');
  const worded = patternsOf('contents');
  const find = (paths: readonly string[], said: readonly string[] = []) => {
    const depths = new Map<number, number>();
    for (const path of paths.slice(0, pathsMost)) {
      const text = path.slice(0, limits.patternLine);
      const given = text.split('/');
      const note = (at: number, depth: number) => {
        if (excluded[at]?.some((pattern) => fits(pattern, given))) return;
        depths.set(at, Math.max(depth, depths.get(at) ?? 0));
      };
      for (const key of keysOf(given)) {
        for (const pattern of index.get(key) ?? []) {
          if (fits(pattern, given)) note(pattern.subsystem, pattern.depth);
        }
      }
      for (const [at, name] of named) if (name.test(text)) note(at, 1);
    }
    for (const at of whoseWords(worded, said)) if (!depths.has(at)) depths.set(at, wordsDepth);
    return rolesOf(subsystems, depths, tree);
  };
  return Object.assign(find, { asksContent: worded.length > 0 });
}

/** Words say less than a path. */
const wordsDepth = 0.5;

/** Subsystems whose pattern a line fits. */
function whoseWords(worded: readonly (readonly [number, RegExp])[], said: readonly string[]): Set<number> {
  if (worded.length === 0 || said.length === 0) return new Set();
  // Line by line: what may repeat without end must not run over the whole patch.
  const lines = said.slice(0, contentLimits.lines).map((line) => line.slice(0, contentLimits.line));
  return new Set(worded.filter(([, pattern]) => lines.some((line) => pattern.test(line))).map(([at]) => at));
}

function rolesOf(
  subsystems: readonly Subsystem[],
  depths: ReadonlyMap<number, number>,
  tree: string,
): SeriesRole[] {
  const fitting = [...depths].sort(([one, a], [other, b]) => b - a || one - other);
  const close = fitting.filter(([, depth]) => depth > 0);
  const roles = new Map<string, SeriesRole>();
  for (const role of ['maintainer', 'reviewer'] as const) {
    for (const [at] of close.length > 0 ? close : fitting) {
      const { title, maintainers = [], reviewers = [] } = subsystems[at] ?? {};
      for (const person of role === 'maintainer' ? maintainers : reviewers) {
        const key = `${role} ${person.address}`;
        if (!roles.has(key)) roles.set(key, { role, person, subsystem: title ?? '', tree });
      }
    }
  }
  return [...roles.values()].slice(0, rolesMost);
}

function patternOf(text: string, subsystem: number): Pattern {
  const parts = text.split('/');
  const isFolder = parts.at(-1) === '';
  const folders = isFolder ? parts.slice(0, -1) : parts;
  const depth = /^[*?/]*$/.test(text) ? 0 : folders.length;
  return { parts: folders, isFolder, subsystem, depth };
}

/** By the first one or two parts that have no wildcard. */
function indexOf(patterns: readonly Pattern[]): Map<string, Pattern[]> {
  return groupBy(patterns, ({ parts }) => {
    const wild = parts.findIndex((part) => /[*?]/.test(part));
    return parts.slice(0, Math.min(2, wild < 0 ? 2 : wild)).join('/');
  });
}

/** The keys under which patterns that fit a path can stand. */
function keysOf(given: readonly string[]): string[] {
  return ['', given.slice(0, 1).join('/'), ...(given.length > 1 ? [given.slice(0, 2).join('/')] : [])];
}

function fits({ parts, isFolder }: Pattern, given: readonly string[]): boolean {
  if (isFolder ? given.length <= parts.length : given.length !== parts.length) return false;
  return parts.every((part, at) => fitsPart(part, given[at] ?? ''));
}

/** `*` takes any letters, `?` one: greedy with one step back, so that it takes no more than length times length. */
function fitsPart(pattern: string, text: string): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  let place = 0;
  while (place < text.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = place;
      at++;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      resume++;
      place = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
