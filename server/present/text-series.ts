/**
 * Series as text: the queue, one series with its grid and ledger, a range-diff.
 */
import type { LineageRow, RangeDiff, SeriesDetail, SeriesSummary, WirePage, WirePoint } from '../wire.ts';
import { shortName } from './person-name.ts';
import { dateText, indent, joinText, personText, section, spanText, whyText } from './text.ts';
import { checksText } from './text-tracked.ts';

export function renderQueue(page: WirePage<SeriesSummary>, nowMs: number): string {
  const rows = page.items.flatMap((series) => ['', ...summaryLines(series, nowMs)]);
  const end = page.next === null ? [] : ['', `More: cursor=${page.next}`];
  return joinText([page.items.length === 0 ? 'No series.' : `${page.items.length} series.`, ...rows, ...end]);
}

export function summaryLines(series: SeriesSummary, nowMs: number): string[] {
  const { title, version, total, isRfc, author, lists, turn, waitingWhy, openPoints } = series;
  const patches = total === 1 ? '1 patch' : `${total} patches`;
  const move =
    turn === 'nobody'
      ? `Done since ${dateText(series.waitingSinceMs)}`
      : `Waiting for the ${turn}, ${spanText(nowMs - series.waitingSinceMs)}`;
  const counts = [`A${series.acked} R${series.reviewed} T${series.tested}`, checksText(series.checks)];
  const delegates = series.delegates.length === 0 ? '' : `looked after by ${series.delegates.join(', ')}`;
  return [
    `${title}  ${isRfc ? 'RFC ' : ''}v${version}, ${patches}`,
    ...indent([
      [personText(author), lists.join(', '), series.state, ...counts, `${openPoints} open`, delegates]
        .filter(Boolean)
        .join('  '),
      `${move}: ${waitingWhy}`,
      series.id,
    ]),
  ];
}

export function renderSeries(detail: SeriesDetail, nowMs: number): string {
  const { formerTitles, revisions, ghosts } = detail;
  return joinText([
    ...summaryLines(detail.summary, nowMs),
    `  State: ${detail.summary.state} ${whyText(detail.summary.stateWhy)}`,
    ...section(
      'Former titles',
      formerTitles.map(({ title, until }) => `${title} (until ${until})`),
    ),
    ...section('Revisions', [
      ...revisions.map(
        (one) =>
          `${one.label}  ${dateText(one.sentMs)}  ${one.held} of ${one.total}  +${one.added} -${one.removed}${one.isResend ? ', resent' : ''}  ${one.id}`,
      ),
      ...ghosts.map(({ version, why }) => `v${version}  not held ${whyText(why)}`),
    ]),
    ...section('Patches', detail.grid.flatMap(lineageLines)),
    ...section(
      'Trailers',
      detail.trailers.map(
        (one) => `${one.name}: ${one.value}  on ${one.on}, ${one.standing}  ${one.givenIn}`,
      ),
    ),
    ...section('Comments', detail.points.flatMap(pointLines)),
    ...section(
      'Stances',
      detail.stances.map(
        (one) =>
          `${dateText(one.atMs)}  ${shortName(one.person)}: ${one.kind}${one.isConditional ? ', on a condition' : ''}  ${one.messageId}`,
      ),
    ),
    ...section(
      'Landings',
      detail.landings.map((one) =>
        [dateText(one.atMs), one.kind, one.tree, one.release, one.sha, one.notice].filter(Boolean).join('  '),
      ),
    ),
    ...section(
      'Looked after by',
      detail.roles.map((one) => `${one.role}: ${personText(one.person)}  ${one.subsystem} (${one.tree})`),
    ),
    ...section(
      'Related',
      detail.related.map(
        (one) => `${one.subject || one.messageId}${one.isHeld ? '' : ' (not held)'}  ${one.messageId}`,
      ),
    ),
    ...section(
      'Said by people',
      detail.corrections.map(
        ({ by, kind, subject, value, reason, undoneBy }) =>
          `${by}: ${kind} ${String(value)}${reason === '' ? '' : `, since ${reason}`}${undoneBy === null ? '' : ' (taken back)'}  ${subject}`,
      ),
    ),
  ]);
}

function lineageLines(row: LineageRow): string[] {
  const gone = row.droppedIn === null ? '' : `  (not in ${row.droppedIn})`;
  return [
    `${row.title}${gone}`,
    ...row.formerTitles.map(({ title, until }) => `  was: ${title} (until ${until})`),
    ...row.cells.map((cell) => {
      const own = cell.patchVersion === null ? '' : ` (v${cell.patchVersion})`;
      const origins = cell.origins.map(({ title }) => ` (with: ${title})`).join('');
      const counts = `A${cell.acked} R${cell.reviewed} T${cell.tested}  ${cell.openPoints} open`;
      return `  ${cell.revision}  ${cell.position}/${cell.total}${own}  ${cell.changes.join(', ')}${origins}  ${counts}  ${cell.messageId}`;
    }),
  ];
}

export function pointLines(point: WirePoint): string[] {
  const on = point.on === null ? '' : ` on ${point.on}`;
  return [
    `${point.status}: ${shortName(point.author)}, ${dateText(point.atMs)}, ${point.kind}${on}  ${point.messageId}`,
    ...point.anchorWords.slice(-6).map((line) => `  > ${line}`),
    ...indent(point.words),
  ];
}

export function renderRangeDiff(diff: RangeDiff): string {
  return joinText([
    `${diff.from}..${diff.to}`,
    ...diff.pairs.flatMap((pair) => {
      const [old, now] = [pair.old, pair.new];
      return [
        '',
        `${old ? old.position : '-'} ${pair.mark} ${now ? now.position : '-'}  ${(now ?? old)?.title ?? ''}`,
        ...indent(pair.lines.map(({ kind, text }) => `${kind}${text}`)),
        ...(pair.isCut ? ['  (too different to be compared line by line)'] : []),
      ];
    }),
  ]);
}
