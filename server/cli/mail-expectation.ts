/**
 * Mail expectation: what the mails of the store say of a kernel release, beside what a run on it measured.
 *
 * In: a report. Out: a line for each tracked fix that the run tried. Without a store there is nothing to compare with,
 * and a store that cannot be read must not take an answer about a kernel away.
 */
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Report } from '../../ingest/model/kernel.ts';
import { verdictOfFix } from '../check/fix-verdict.ts';
import { columnOf, doesAgree } from '../present/kernel.ts';
import { joinText, whyText } from '../present/text.ts';
import type { KernelFix } from '../wire.ts';
import { ask } from './ask.ts';
import type { Session } from './session.ts';

/** Lines for people; why there are none is told on stderr. */
export async function compareWithMail(session: Session, report: Report): Promise<string[]> {
  try {
    const kernels = [...session.config.kernels, report.release];
    const { items } = await session.withStore('read', (store) =>
      ask(session, store, { name: 'GET /api/v1/kernels' }, { ...session.config, kernels }),
    );
    return items.flatMap((fix) => describeFix(fix, report));
  } catch (error) {
    if (!(error instanceof PatchtrailError)) throw error;
    session.note(`what mail says of ${report.release} cannot be told: ${error.message}`);
    return [];
  }
}

function describeFix(fix: KernelFix, report: Report): string[] {
  const measured = verdictOfFix(report, fix.check);
  const cell = fix.cells.find(({ release }) => release === columnOf(report.release));
  if (measured === undefined || cell === undefined) return [];
  const why = cell.expectedWhy === null ? '' : ` ${whyText(cell.expectedWhy)}`;
  const against = doesAgree(cell.expected, measured) === false ? ': THEY DISAGREE' : '';
  return [
    joinText([`mail on ${fix.name}: expected ${cell.expected}${why}, measured ${measured}${against}`]).trim(),
  ];
}
