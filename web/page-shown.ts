/**
 * Page shown: how a page tells the frame that it has drawn what its address asks for, and what it is called.
 */
import type { LightElement } from './light-element.ts';
import { tell } from './signals.ts';

/** Call it in `updated`; it waits until the load has ended. */
export function pageShown(
  page: LightElement,
  load: { readonly isBusy: boolean } | null,
  title: string,
): void {
  if (!load?.isBusy) tell(page, 'pt-page-shown', title);
}
