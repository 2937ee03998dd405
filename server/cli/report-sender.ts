/**
 * Report sender: gives the native checker's lines to a Patchtrail server.
 *
 * The token comes from the environment and goes into the Authorization header only, to the address that was typed.
 */
import { z } from 'zod';
import { CheckError, UsageError } from '../../ingest/model/errors.ts';
import { sealHeader, sealReport } from '../check/report-seal.ts';

const sendWithinMs = 30_000;

/** Of a refusal (RFC 9457): what a person is told. From a server of another kind there may be nothing of it. */
const problemSchema = z.looseObject({ detail: z.string().optional(), remedy: z.string().optional() });

/** The address for reports of the server at `address`. @throws UsageError where it is none */
export function readReportUrl(address: string): URL {
  if (!URL.canParse(address) || !/^https?:/i.test(address)) {
    throw new UsageError('That is no web address', { subject: address, remedy: 'Give http://host:8420.' });
  }
  return new URL('api/v1/reports', address.endsWith('/') ? address : `${address}/`);
}

/** Sends and gives a sentence about where the report is now. @throws CheckError where it was not taken */
export async function sendReport(
  url: URL,
  lines: readonly string[],
  token: string | undefined,
  nowMs: number,
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}`, [sealHeader]: sealReport(token, nowMs, lines) } : {}),
      },
      body: JSON.stringify({ lines }),
      // A redirect would carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(sendWithinMs),
    });
  } catch (cause) {
    throw new CheckError('check-failed', 'The report was not sent', {
      subject: url.href,
      remedy: 'Check the address and that the server runs.',
      cause,
    });
  }
  if (!response.ok) {
    const problem = problemSchema.safeParse(await response.json().catch(() => ({}))).data ?? {};
    throw new CheckError('check-failed', `The report was refused (${response.status})`, {
      subject: problem.detail?.replace(/\.$/, '') ?? url.href,
      remedy: problem.remedy ?? (token === undefined ? 'Set PATCHTRAIL_TOKEN.' : 'See its log.'),
    });
  }
  return `report sent to ${url.origin}`;
}
