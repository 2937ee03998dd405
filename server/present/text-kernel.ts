/**
 * Kernels, reports, people, and status as text.
 */
import type { IngestStatus, KernelFix, ListSummary, PersonDetail, WirePage, WireReport } from '../wire.ts';
import { countText, dateText, indent, joinText, personText, section, timeText, whyText } from './text.ts';
import { renderMessages } from './text-mail.ts';
import { summaryLines } from './text-series.ts';

export function renderKernels(fixes: readonly KernelFix[]): string {
  return joinText(
    fixes.flatMap((fix) => [
      `${fix.title}  ${fix.commit.slice(0, 12)}  faulty since ${fix.introduced}`,
      ...indent(
        fix.cells.flatMap((cell) => [
          `${cell.release}: ${cell.expected}${cell.expectedWhy ? ` ${whyText(cell.expectedWhy)}` : ''}`,
          ...cell.measured.map(
            (one) =>
              `  measured ${one.verdict} on ${one.machine}${one.agrees === false ? ' - DISAGREES' : ''}  ${one.reportId}`,
          ),
        ]),
      ),
    ]),
  );
}

export function renderReport(report: WireReport): string {
  return joinText([
    report.sentence,
    `  ${report.release}  ${report.machine}  ${timeText(report.receivedMs)}  ${report.id}`,
    ...section(
      'Checks',
      report.checks.map((one) => `${one.name}: ${one.status}${one.reason && `, ${one.reason}`}`),
    ),
  ]);
}

export function renderPerson(person: PersonDetail, nowMs: number): string {
  return joinText([
    personText(person),
    `  ${countText(person.messages, 'message')}, ${person.series} series, ` +
      `${countText(person.trailersGiven, 'trailer')} given, ` +
      `${dateText(person.firstMs)} to ${dateText(person.lastMs)}`,
    ...section(
      'Waiting for this person',
      person.openTurns.flatMap((series) => summaryLines(series, nowMs)),
    ),
    ...section(
      'Newest series',
      person.recentSeries.flatMap((series) => summaryLines(series, nowMs)),
    ),
    ...section('Newest messages', renderMessages(person.recentMessages)),
  ]);
}

export function renderPeople(page: WirePage<PersonDetail>): string {
  return joinText(
    page.items.map(
      (one) => `${personText(one)}  ${countText(one.messages, 'message')}, ${one.series} series`,
    ),
  );
}

export function renderLists(lists: readonly ListSummary[]): string {
  return joinText(
    lists.map(
      (list) =>
        `${list.name}  ${countText(list.messages, 'message')}, ${list.series} series, ` +
        `${dateText(list.firstMs)} to ${dateText(list.lastMs)}`,
    ),
  );
}

export function renderStatus(status: IngestStatus): string {
  return joinText([
    `${countText(status.messages, 'message')}, ${countText(status.postings, 'posting')}, ${status.series} series`,
    ...status.sources.map((one) => {
      const pulled = one.lastPulledMs === null ? 'never pulled' : `pulled ${timeText(one.lastPulledMs)}`;
      return `${one.location}  ${one.mails} mails, ${pulled}${one.lastError && `, ${one.lastError}`}`;
    }),
  ]);
}
