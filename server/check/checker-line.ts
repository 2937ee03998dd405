/**
 * Checker lines: native-check/PROTOCOL.md, as zod says it.
 *
 * Keys that we do not know are let through and types that we do not know are ignored, as the protocol asks, so that a
 * newer checker's report can still be shown. A line that is no object, too long, or of a known type and another form is
 * no line: what a report says of a machine is shown in terminals and pages.
 */
import { z } from 'zod';
import { limits } from '../../ingest/model/limits.ts';

const whole = z.int().min(0);
/** The protocol is ASCII: nothing that a terminal would obey or that turns text around. */
const word = z.string().regex(/^[\x20-\x7e]{0,200}$/);

const startLine = z.looseObject({ type: z.literal('start'), schema: z.literal(1), checks: z.array(word) });

const machineLine = z.looseObject({
  type: z.literal('machine'),
  release: word.min(1),
  version: word.default(''),
  arch: word.default(''),
  cpu_model: word.default(''),
  virtualization: word.default('none'),
  boot_id: word.default(''),
});

const resultLine = z.looseObject({
  type: z.literal('result'),
  check: word.min(1),
  status: z.enum(['pass', 'fail', 'skip', 'inconclusive', 'error']),
  reason: word.default(''),
  effective: whole.optional(),
  stale: whole.optional(),
  marker_trials: whole.optional(),
  survivors: whole.optional(),
});

const endLine = z.looseObject({
  type: z.literal('end'),
  verdict: z.enum(['fixed', 'broken', 'inconclusive', 'unsupported', 'not-affected']).optional(),
  reason: word.default(''),
  exit: whole.default(0),
});

const otherLine = z.looseObject({ type: word });

const knownLines: ReadonlyMap<string, z.ZodType<Record<string, unknown>>> = new Map<
  string,
  z.ZodType<Record<string, unknown>>
>([
  ['start', startLine],
  ['machine', machineLine],
  ['result', resultLine],
  ['end', endLine],
]);

export type StartLine = z.infer<typeof startLine>;
export type MachineLine = z.infer<typeof machineLine>;
export type ResultLine = z.infer<typeof resultLine>;
export type EndLine = z.infer<typeof endLine>;

/** What a report is made of: the lines whose type and keys are known. */
export interface CheckerLines {
  readonly start: StartLine | undefined;
  readonly machine: MachineLine | undefined;
  readonly results: readonly ResultLine[];
  readonly end: EndLine | undefined;
}

/** One line of output; undefined where it is none of the protocol. */
export function parseCheckerLine(text: string): Record<string, unknown> | undefined {
  if (text.length > limits.checkerLine) return undefined;
  try {
    const line = otherLine.safeParse(JSON.parse(text));
    if (!line.success) return undefined;
    return (knownLines.get(line.data.type) ?? otherLine).safeParse(line.data).data;
  } catch {
    // Not JSON, so not a line of the protocol: the caller says so.
    return undefined;
  }
}

/** The schema that a run is of, where it is another than ours. */
export function readOtherSchema(text: string): number | undefined {
  try {
    const line = z.looseObject({ type: z.literal('start'), schema: z.int() }).safeParse(JSON.parse(text));
    return line.success && line.data.schema !== 1 ? line.data.schema : undefined;
  } catch {
    // Not JSON: of no schema at all.
    return undefined;
  }
}

export function sortCheckerLines(lines: readonly string[]): CheckerLines {
  const objects = lines.flatMap((line) => parseCheckerLine(line) ?? []);
  const first = <T>(schema: z.ZodType<T>) =>
    objects.map((one) => schema.safeParse(one)).find((one) => one.success)?.data;
  return {
    start: first(startLine),
    machine: first(machineLine),
    results: objects.flatMap((one) => {
      const parsed = resultLine.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
    end: first(endLine),
  };
}
