/**
 * Links: every address that an answer of Patchwork's API holds. All are absolute and carry the version asked for.
 */
import { escapeId } from '../urls.ts';

export class Links {
  /** Minor number of the version: 3 of 1.3. */
  readonly minor: number;
  readonly #origin: string;
  readonly #api: string;

  /** `version` as in the address, empty for the newest. */
  constructor(origin: string, version: string, minor: number) {
    this.#origin = origin.replace(/\/$/, '');
    this.#api = `${this.#origin}/api${version === '' ? '' : `/${version}`}`;
    this.minor = minor;
  }

  /** A thing of the API: `patches`, 41. */
  thing(kind: string, ...path: readonly (string | number)[]): string {
    return `${this.#api}/${[kind, ...path].map((part) => `${part}/`).join('')}`;
  }

  /** An absolute address from a path. */
  absolute(path: string): string {
    return `${this.#origin}${path}`;
  }

  /** A patch or cover letter on the web. */
  mail(kind: 'patch' | 'cover', project: string, messageId: string, form = ''): string {
    return this.absolute(`/project/${escapeId(project)}/${kind}/${escapeId(messageId)}/${form}`);
  }

  seriesPage(project: string, number: number): string {
    return this.absolute(`/project/${escapeId(project)}/list/?series=${number}`);
  }

  seriesMbox(number: number): string {
    return this.absolute(`/series/${number}/mbox/`);
  }

  bundle(owner: string, name: string, form = ''): string {
    return this.absolute(`/bundle/${escapeId(owner)}/${escapeId(name)}/${form}`);
  }

  comment(number: number): string {
    return this.absolute(`/comment/${number}/`);
  }
}
