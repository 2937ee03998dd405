/**
 * Shown location: where a store is, as it may stand in messages and logs.
 */

/** The location as it may be shown: without its password. */
export function shownLocation(location: string): string {
  return location.replace(/^([a-z]+:\/\/[^:@/]*):[^@/]*@/i, '$1@').replace(/([?&]password=)[^&]*/gi, '$1…');
}
