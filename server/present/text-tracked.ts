/** Tracked things as text: bundles, and what machines said of patches. */
import type { BundleDetail, CheckCounts, WireBundle, WireCheck } from '../wire.ts';
import { countText, dateText, indent, joinText, personText } from './text.ts';

export function renderBundles(bundles: readonly WireBundle[]): string {
  return joinText([
    bundles.length === 0 ? 'No bundles.' : `${countText(bundles.length, 'bundle')}.`,
    ...bundles.flatMap((bundle) => ['', ...headLines(bundle)]),
  ]);
}

export function renderBundle(bundle: BundleDetail): string {
  return joinText([
    ...headLines(bundle),
    ...bundle.items.flatMap(({ messageId, name, author, sentMs, state, delegate, checks }) => [
      '',
      name,
      ...indent([
        [
          personText(author),
          dateText(sentMs),
          state,
          checksText(checks),
          delegate === '' ? '' : `looked after by ${delegate}`,
        ]
          .filter(Boolean)
          .join('  '),
        messageId,
      ]),
    ]),
  ]);
}

/** `S3 W0 F1`, as Patchwork writes it, with what is not done yet; empty where no machine said anything. */
export function checksText({ success, warning, fail, pending }: CheckCounts): string {
  if (success + warning + fail + pending === 0) return '';
  return `S${success} W${warning} F${fail}${pending > 0 ? ` P${pending}` : ''}`;
}

/** What machines said of one patch; empty where none said anything. */
export function renderChecks(checks: readonly WireCheck[]): string {
  if (checks.length === 0) return '';
  return joinText([
    '',
    'Checks',
    ...indent(
      checks.map(({ context, state, description, url, by, atMs }) =>
        [`${state}: ${context}`, description, url, `by ${by}, ${dateText(atMs)}`].filter(Boolean).join('  '),
      ),
    ),
  ]);
}

function headLines({ number, name, owner, isPublic, list, patches, mbox }: WireBundle): string[] {
  return [
    `${number}  ${name}`,
    ...indent([
      `${patches === 1 ? '1 patch' : `${patches} patches`} of ${list}, by ${owner}, ${isPublic ? 'for everybody' : 'for them alone'}`,
      mbox,
    ]),
  ];
}
