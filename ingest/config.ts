/**
 * Configuration: patchtrail.toml and the environment, checked and put together.
 *
 * In: the file's text and the environment. Out: one Config. An unknown key is refused, since a misspelt one would
 * otherwise do nothing in silence. Passwords have no key: the IMAP source takes them from the environment alone.
 */
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { type Config, configKeys } from './config-keys.ts';
import { PatchtrailError } from './model/errors.ts';

const schema = z.strictObject(
  Object.fromEntries(
    configKeys.map((key) => [key.name, key.schema.optional().default(key.initial as never)]),
  ),
);

/**
 * Puts file and environment together; the environment wins. Lists in a variable are written as JSON.
 * @throws PatchtrailError `config-invalid` with the place and what is wrong there.
 */
export function readConfig(
  file: { readonly path: string; readonly text: string } | null,
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const given: Record<string, unknown> = file === null ? {} : parseFile(file);
  const origins = new Map(Object.keys(given).map((name) => [name, file?.path ?? '']));
  for (const { name, variable, initial } of configKeys) {
    const value = env[variable];
    if (value === undefined || value === '') continue;
    given[name] = typeof initial === 'string' ? value : parseVariable(variable, value);
    origins.set(name, variable);
  }
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data as unknown as Config;
  const problem = checked.error.issues[0];
  const path = problem?.path.map(String) ?? [];
  const unknown = problem?.code === 'unrecognized_keys' ? problem.keys : [];
  const place = [...path, ...unknown].join('.');
  const origin = origins.get(path[0] ?? unknown[0] ?? '') ?? file?.path ?? '';
  throw new PatchtrailError('config-invalid', 'The configuration cannot be used', {
    subject: `${place} in ${origin}`,
    remedy:
      unknown.length > 0
        ? `Known keys: ${configKeys.map((key) => key.name).join(', ')}.`
        : `${problem?.message}.`,
  });
}

function parseFile(file: { readonly path: string; readonly text: string }): Record<string, unknown> {
  try {
    return { ...parse(file.text) };
  } catch (cause) {
    const where = cause instanceof TomlError ? `${file.path}, line ${cause.line}` : file.path;
    throw new PatchtrailError('config-invalid', 'The configuration is not TOML', {
      subject: where,
      remedy: 'Mend that line.',
      cause,
    });
  }
}

function parseVariable(variable: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new PatchtrailError('config-invalid', 'The variable is not JSON', {
      subject: variable,
      remedy: 'Write a number, or a list such as [{"location":"mail.mbox"}].',
      cause,
    });
  }
}
