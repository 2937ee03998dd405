/**
 * Fact pack: facts as the store keeps them. Pure, so that another thread than the writer's can do it.
 *
 * All facts of one kind from one owner are one packed row: they are written and taken away together, and packing them
 * together makes them small (a reply's quotes repeat the same ids and rules).
 */
import { groupBy } from '../model/group-by.ts';
import { exactBytes, packJson, unpackJson } from './packed-json.ts';
import type { PackedFacts, StoredFact } from './records.ts';

/** The kind whose values are GivenTrailer (model/review.ts). */
export const trailerKind = 'trailer';

/** A fact without its kind and owner; `subject` only where it is not the owner. */
type PackedFact = Omit<StoredFact, 'kind' | 'owner' | 'subject'> & { readonly subject?: string };

/** Facts by kind and owner; those that are packed already are given back. */
export function packFacts(facts: readonly (StoredFact | PackedFacts)[]): PackedFacts[] {
  const packed = facts.filter((fact) => 'isPacked' in fact);
  const others = facts.flatMap((fact) => ('isPacked' in fact ? [] : fact));
  const groups = groupBy(others, ({ kind, owner }) => `${kind} ${owner}`);
  return [...packed, ...[...groups.values()].map(packGroup)];
}

/** The facts of a row. */
export function unpackFacts(owner: string, kind: string, data: string | Uint8Array): StoredFact[] {
  return unpackJson<PackedFact[]>(data).map((packed) => ({ kind, owner, subject: owner, ...packed }));
}

/** What the facts of a row speak of, but for their owner. */
export function packedSubjects(data: string | Uint8Array): string[] {
  return [...new Set(unpackJson<PackedFact[]>(data).flatMap(({ subject }) => subject ?? []))];
}

function packGroup(group: readonly StoredFact[]): PackedFacts {
  const [{ kind, owner } = { kind: '', owner: '' }] = group;
  const rows = group.map(({ kind: _kind, owner: _owner, subject, ...rest }): PackedFact => {
    return subject === owner ? rest : { subject, ...rest };
  });
  const subjects = new Set(group.map((fact) => fact.subject));
  subjects.delete(owner);
  return {
    isPacked: true,
    kind,
    owner,
    count: group.length,
    data: exactBytes(packJson(rows)),
    subjects: [...subjects],
    trailers: kind === trailerKind ? group.flatMap(trailerOf) : [],
  };
}

function trailerOf({ subject, value }: StoredFact, place: number): PackedFacts['trailers'] {
  const { name, value: person } = (value ?? {}) as { name?: unknown; value?: unknown };
  if (typeof name !== 'string' || typeof person !== 'string') return [];
  return [{ subject, place, name: name.toLowerCase(), address: trailerAddress(person) }];
}

/** `A B <a@example.org> # note` gives `a@example.org`; empty where no address stands. */
function trailerAddress(person: string): string {
  const start = person.lastIndexOf('<');
  const end = person.indexOf('>', start);
  return start < 0 || end < 0 ? '' : person.slice(start + 1, end).toLowerCase();
}
