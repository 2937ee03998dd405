/**
 * Tracked fixes: the rows of ingest/kernels.toml: which fix, which commit, which check shows it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { packageRoot } from '../package-root.ts';

export interface TrackedFix {
  readonly name: string;
  readonly title: string;
  /** The mainline commit, 12 to 40 digits; empty where its title alone is known. */
  readonly commit: string;
  /** The native check that shows whether a kernel has it. */
  readonly check: string;
  /** Mainline release that brought the faulty code, such as `4.18`. */
  readonly introduced: string;
}

const schema = z.strictObject({
  fixes: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,60}$/),
      title: z.string().min(1),
      commit: z
        .string()
        .regex(/^(?:[0-9a-f]{12,40})?$/)
        .default(''),
      check: z.string().regex(/^[a-z0-9-]{1,60}$/),
      introduced: z.string().regex(/^\d{1,3}\.\d{1,4}$/),
    }),
  ),
});

/** @throws PatchtrailError `config-invalid` with the place */
export function parseTrackedFixes(text: string): TrackedFix[] {
  const checked = schema.safeParse(parse(text));
  if (checked.success) return checked.data.fixes;
  throw new PatchtrailError('config-invalid', 'The table of kernel fixes cannot be used', {
    subject: checked.error.issues[0]?.path.join('.') ?? 'kernels.toml',
    remedy: 'Mend ingest/kernels.toml; its head says what a row holds.',
  });
}

export function readTrackedFixes(): TrackedFix[] {
  return parseTrackedFixes(readFileSync(join(packageRoot(), 'ingest', 'kernels.toml'), 'utf8'));
}
