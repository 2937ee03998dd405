/**
 * Problem: every error that a request can end with, as one class with a sentence and a remedy.
 *
 * The server answers with problem+json (wire.ts); what never reached it (no network, a proxy's page) gets words here.
 */
import type { Problem } from '../server/wire.ts';

export class ProblemError extends Error {
  /** 0 where no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  /** Span in the query that could not be understood. */
  readonly span: readonly [number, number] | undefined;

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail' | 'remedy' | 'span'>) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.remedy = problem.remedy;
    this.span = problem.span;
  }
}

/** The error that a failed answer stands for. */
export async function problemOf(answer: Response): Promise<ProblemError> {
  const type = answer.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) {
    const problem: Problem = await answer.json();
    return new ProblemError({ ...problem, detail: problem.detail || problem.title });
  }
  return new ProblemError({
    status: answer.status,
    code: 'unknown',
    detail: `The server answered ${answer.status} without saying why.`,
    remedy: 'Look at its log, then try again.',
  });
}

/** Anything thrown, as a problem. */
export function asProblem(cause: unknown): ProblemError {
  if (cause instanceof ProblemError) return cause;
  if (cause instanceof TypeError) {
    return new ProblemError({
      status: 0,
      code: 'offline',
      detail: 'The server cannot be reached.',
      remedy: 'Check that it runs (patchtrail serve), then try again.',
    });
  }
  return new ProblemError({
    status: 0,
    code: 'unknown',
    detail: String(cause),
    remedy: 'Load the page again.',
  });
}
