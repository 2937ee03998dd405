/**
 * Series sections: what stands below the head of a series, in the order in which it is looked at.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { type PlaceOf, threadUrl, urlOf } from '../../server/urls.ts';
import type { KernelFix, SeriesDetail } from '../../server/wire.ts';
import { person } from './bits.ts';
import { evidenceMark } from './evidence-mark.ts';
import { drawLandingChain } from './landing-chain.ts';
import { drawPatchGrid } from './patch-grid.ts';
import { drawPointLedger } from './point-ledger.ts';
import { drawLandings, drawStances, drawTrailers } from './series-tables.ts';
import { drawTakeIt } from './take-it.ts';
import { drawCompareForm, drawVersionAxis } from './version-axis.ts';

export interface SeriesView {
  readonly place: PlaceOf<'series'>;
  readonly isNarrow: boolean;
  /** The tracked fix that the series became, where it is one. */
  readonly fix: KernelFix | undefined;
  /** Rows of the grid that are drawn: a long table takes long to lay out. */
  readonly gridRows: number;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** How many things are in it; null where nobody counts them. */
  readonly count: number | null;
  draw(): TemplateResult;
}

/** At most so many are given. */
export const seriesSectionsMost = 10;

/** Sections without anything to show are left out. */
export function seriesSections(
  series: SeriesDetail,
  { place, isNarrow, fix, gridRows }: SeriesView,
): Section[] {
  const { summary, trailers, points, stances, roles, related, revisions, grid, corrections } = series;
  const { id } = summary;
  const shown = place.revision || (revisions.at(-1)?.label ?? '');
  const before = revisions[revisions.findIndex(({ label }) => label === shown) - 1]?.label ?? '';
  const all: (Section & { readonly isLeftOut?: boolean })[] = [
    {
      id: 'versions',
      title: 'Versions',
      count: revisions.length,
      draw: () => html`${drawVersionAxis(series, id, shown)}
        ${drawCompareForm(series, id, before, before === '' ? '' : shown)}`,
    },
    {
      id: 'patches',
      title: 'Patches',
      count: null,
      draw: () => drawPatchGrid(series, { id, shown: place.revision, isNarrow, most: gridRows }),
    },
    { id: 'fetch', title: `Take ${shown}`, count: null, draw: () => drawTakeIt(series, shown) },
    {
      id: 'points',
      title: 'Points',
      count: points.length,
      draw: () =>
        drawPointLedger(points, grid, place.points, (wanted) => urlOf({ ...place, points: wanted })),
    },
    {
      id: 'trailers',
      title: 'Trailers',
      count: trailers.length,
      isLeftOut: trailers.length === 0,
      draw: () => drawTrailers(trailers),
    },
    {
      id: 'stances',
      title: 'Who says what',
      count: null,
      isLeftOut: stances.length === 0,
      draw: () => drawStances(stances),
    },
    { id: 'landings', title: 'Landing', count: null, draw: () => drawLanding(series, fix) },
    {
      id: 'roles',
      title: 'Looked after by',
      count: null,
      isLeftOut: roles.length === 0,
      draw: () => drawRoles(roles),
    },
    {
      id: 'related',
      title: 'Its mails point to',
      count: null,
      isLeftOut: related.length === 0,
      draw: () => drawRelated(related),
    },
    {
      id: 'corrections',
      title: 'Said by people',
      count: corrections.length,
      isLeftOut: corrections.length === 0,
      draw: () => {
        void import('./correction-list.ts');
        return html`<pt-correction-list .items=${corrections}></pt-correction-list>`;
      },
    },
  ];
  return all.filter(({ isLeftOut }) => isLeftOut !== true);
}

export function drawSection({ id, title, count, draw }: Section): TemplateResult {
  return html`<section aria-labelledby=${id}><h2 id=${id}>${title}${
    count === null ? nothing : html` <span class="count">${count}</span>`
  }</h2>${draw()}</section>`;
}

function drawLanding({ landings }: SeriesDetail, fix: KernelFix | undefined): TemplateResult {
  return html`${
    landings.length === 0
      ? html`<p class="muted">No mail says that it was applied.</p>`
      : html`${drawLandingChain(landings, fix)}${drawLandings(landings)}`
  }
    ${fix ? html`<pt-fix-table .fix=${fix}></pt-fix-table>` : nothing}`;
}

function drawRoles(roles: SeriesDetail['roles']): TemplateResult {
  return html`<ul class="related">${roles.map(
    ({ role, person: who, subsystem }) =>
      html`<li>${person(who)} <span class="muted">${role}, <bdi>${subsystem}</bdi></span></li>`,
  )}</ul>`;
}

function drawRelated(related: SeriesDetail['related']): TemplateResult {
  return html`<ul class="related">${related.map(
    ({ messageId, subject, isHeld, why }) =>
      html`<li>${
        isHeld
          ? html`<a href=${threadUrl(messageId)}><bdi>${subject}</bdi></a>`
          : html`<code>${messageId}</code> <span class="muted">not held</span>`
      }${evidenceMark(why, `A mail points to ${subject || messageId}`)}</li>`,
  )}</ul>`;
}
