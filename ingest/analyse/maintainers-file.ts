/**
 * MAINTAINERS files: sections of `X: value` lines below a title, as the kernel, QEMU and U-Boot keep them.
 *
 * In: the file's text. Out: sections that name a person or a file. Lines before the first section, of other letters, and
 * sections without files are passed over. Form: the file's own head, and scripts/get_maintainer.pl of the kernel.
 */
import { limits } from '../model/limits.ts';
import type { NamedPerson, Subsystem } from '../model/maintainers.ts';
import { personOf } from '../patch/person.ts';
import { contentPattern } from './content-pattern.ts';

const tagLine = /^([A-Z]):[ \t]+(\S.*)$/;

/** In order of the file. */
export function parseMaintainers(text: string): Subsystem[] {
  const subsystems: Subsystem[] = [];
  let title = '';
  let tags: (readonly [tag: string, value: string])[] = [];
  const close = () => {
    const subsystem = makeSubsystem(title, tags);
    if (subsystem.files.length + subsystem.names.length + subsystem.contents.length > 0)
      subsystems.push(subsystem);
    tags = [];
  };
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, limits.patternLine).trimEnd();
    const [, tag, value] = tagLine.exec(line) ?? [];
    if (tag !== undefined && value !== undefined) {
      tags.push([tag, value.trim()]);
      continue;
    }
    if (tags.length > 0) close();
    if (line !== '' && !/^\s/.test(line)) title = line;
  }
  close();
  return subsystems;
}

function makeSubsystem(title: string, tags: readonly (readonly [string, string])[]): Subsystem {
  const valuesOf = (wanted: string) => tags.filter(([tag]) => tag === wanted).map(([, value]) => value);
  return {
    title,
    maintainers: valuesOf('M').flatMap(namedPerson),
    reviewers: valuesOf('R').flatMap(namedPerson),
    lists: valuesOf('L').map((value) => value.split(/\s/)[0] ?? ''),
    trees: valuesOf('T').map((value) => value.replace(/^(?:git|hg|quilt)\s+/, '')),
    files: valuesOf('F'),
    excluded: valuesOf('X'),
    names: valuesOf('N').filter((text) => contentPattern(text)),
    contents: valuesOf('K').filter((text) => contentPattern(text)),
    unread: [...valuesOf('N'), ...valuesOf('K')].filter((text) => !contentPattern(text)),
  };
}

function namedPerson(value: string): NamedPerson[] {
  const person = personOf(value);
  return person?.address ? [{ name: person.name, address: person.address.toLowerCase() }] : [];
}
