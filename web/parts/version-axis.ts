/**
 * Version axis: every sending of a series in order of time, with the days between, and a way to compare two of them.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { compareUrl, seriesUrl } from '../../server/urls.ts';
import type { RevisionSummary, SeriesDetail } from '../../server/wire.ts';
import { go } from '../router.ts';
import { countWords, dateWords, numberWords, spanWords, utcWords } from '../time-words.ts';
import { versionColumns } from '../version-columns.ts';
import { evidenceMark } from './evidence-mark.ts';

/** `id` is the series as the address names it; `shown` the label of the revision that is looked at. */
export function drawVersionAxis(series: SeriesDetail, id: string, shown: string): TemplateResult {
  return html`<nav class="version-axis" aria-label="Versions" @keydown=${moveAlong}>
    <ol tabindex="-1">
      ${versionColumns(series).map((column) =>
        column.kind === 'held'
          ? drawRevision(column.revision, column.before, id, shown)
          : html`<li class="version ghost"><span>v${column.version}</span>
            <span class="muted">not held</span>${evidenceMark(column.why, `There was a v${column.version}`)}</li>`,
      )}
    </ol>
  </nav>`;
}

function drawRevision(
  revision: RevisionSummary,
  before: RevisionSummary | undefined,
  id: string,
  shown: string,
): TemplateResult {
  const { label, sentMs, total, held, isResend, title, why, added, removed } = revision;
  return html`<li class="version" aria-current=${label === shown ? 'true' : nothing}>
    <a href=${seriesUrl(id, label)} title=${title}><strong>${label}</strong></a>
    ${evidenceMark(
      why,
      `${label} follows ${before?.label ?? 'the one before'}`,
      revision.previous === null ? null : { kind: 'link', subject: revision.id, value: revision.previous },
    )}
    <time datetime=${new Date(sentMs).toISOString()} title=${utcWords(sentMs)}>${dateWords(sentMs)}</time>
    <span class="muted">${countWords(total, 'patch', 'patches')}${held < total ? `, ${held} held` : ''}${isResend ? ', resend' : ''}</span>
    <span class="size" title=${`${countWords(added, 'line')} added, ${countWords(removed, 'line')} removed${growthWords(revision, before)}`}
      ><span class="plus">+${numberWords(added)}</span> <span class="minus">−${numberWords(removed)}</span></span>
    ${before ? html`<span class="muted">${spanWords(sentMs - before.sentMs)} later</span>` : nothing}
  </li>`;
}

/** `; the version before had 12 lines fewer`, counted over what is added and removed; empty where nothing is to compare. */
function growthWords({ added, removed }: RevisionSummary, before: RevisionSummary | undefined): string {
  if (!before) return '';
  const more = added + removed - before.added - before.removed;
  if (more === 0) return '; as many as before';
  return `; ${countWords(Math.abs(more), 'line')} ${more > 0 ? 'more' : 'fewer'} than ${before.label}`;
}

/** Two versions and a button. */
export function drawCompareForm(series: SeriesDetail, id: string, from: string, to: string): TemplateResult {
  const labels = series.revisions.map(({ label }) => label);
  const choose = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const values = new FormData(event.target);
    go(compareUrl(id, String(values.get('from')), String(values.get('to'))));
  };
  const options = (current: string) =>
    labels.map((label) => html`<option ?selected=${label === current}>${label}</option>`);
  if (labels.length < 2) return html``;
  return html`<form class="compare-form" @submit=${choose} aria-label="Compare two versions">
    <label>Compare <select name="from" data-key="v">${options(from || (labels.at(-2) ?? ''))}</select></label>
    <label>with <select name="to">${options(to || (labels.at(-1) ?? ''))}</select></label>
    <button>Show what changed</button>
  </form>`;
}

function moveAlong(event: KeyboardEvent): void {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  links[at + by]?.focus();
  event.preventDefault();
}
