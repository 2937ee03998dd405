/** Added sources: what pages added or asked to be pulled while a server runs; a location stands once. */
import type { SourceConfig } from '../../ingest/config-keys.ts';
import { plainSource } from './open-specs.ts';

export class AddedSources {
  readonly #known: readonly SourceConfig[];
  readonly #added = new Map<string, SourceConfig>();

  /** `known`: sources of the configuration and of the store; what is said there of a location holds. */
  constructor(known: readonly SourceConfig[]) {
    this.#known = known;
  }

  get specs(): readonly SourceConfig[] {
    return [...this.#added.values()];
  }

  specFor({ location, list }: { readonly location: string; readonly list: string }): SourceConfig {
    const known = this.#known.find((source) => source.location === location);
    return { ...plainSource, ...known, location, list: list || (known?.list ?? '') };
  }

  add(spec: SourceConfig): void {
    this.#added.set(spec.location, spec);
  }
}
