/**
 * Notice subject: under which name a notice is kept, so that the series that it means finds it whenever either comes.
 *
 * A notice that answers a posting is kept under that posting; one that only names a title, under the title's key.
 */

/** Told from Message-IDs by its blank. */
const mark = 'title ';

/** The subject of facts about patches of a title. */
export function noticeSubject(titleKey: string): string {
  return `${mark}${titleKey}`;
}

/** The title key of such a subject; null where it is a Message-ID. */
export function titleOfSubject(subject: string): string | null {
  return subject.startsWith(mark) ? subject.slice(mark.length) : null;
}
