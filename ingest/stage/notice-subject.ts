/**
 * Notice subject: under which name a notice is kept, so that the series that it means finds it whenever either comes.
 *
 * A notice that answers a posting is kept under that posting; one that only names a title, under the title's key.
 */

/** The subject of facts about patches of a title; told from Message-IDs by its blank. */
export function noticeSubject(titleKey: string): string {
  return `title ${titleKey}`;
}
