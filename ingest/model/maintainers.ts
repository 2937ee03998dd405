/**
 * Maintainers: who looks after which files, as a MAINTAINERS file says it.
 */

export interface NamedPerson {
  readonly name: string;
  /** Lower case. */
  readonly address: string;
}

/** One section of a MAINTAINERS file. */
export interface Subsystem {
  readonly title: string;
  readonly maintainers: readonly NamedPerson[];
  readonly reviewers: readonly NamedPerson[];
  readonly lists: readonly string[];
  readonly trees: readonly string[];
  /** Patterns of `F:` and `X:` as written. */
  readonly files: readonly string[];
  readonly excluded: readonly string[];
  /** Patterns of `N:` on paths and of `K:` on what a patch says; those that cannot be matched safely are `unread`. */
  readonly names: readonly string[];
  readonly contents: readonly string[];
  readonly unread: readonly string[];
}

/** A MAINTAINERS file as read from a repository. */
export interface MaintainersFile {
  /** Name of the tree it was read from. */
  readonly tree: string;
  readonly text: string;
}

/** Who looks after the files of a series. */
export interface SeriesRole {
  readonly role: 'maintainer' | 'reviewer';
  readonly person: NamedPerson;
  /** Title of the section that says so. */
  readonly subsystem: string;
  readonly tree: string;
}
