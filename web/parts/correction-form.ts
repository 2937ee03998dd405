/**
 * Correction form: what can be said instead of what was inferred, by the kind of thing, and how it reads when it is said.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { CorrectionRequest, WireCorrection } from '../../server/wire.ts';
import type { Correctable } from '../signals.ts';
import { pointWords, stanceWords, stateWords, wordsFor } from '../status-words.ts';

type Table = Parameters<typeof wordsFor>[0];

/** Says that there is no such thing. */
const none = 'none';

export function drawChoice(correctable: Correctable): TemplateResult {
  const { kind, value } = correctable;
  switch (kind) {
    case 'state':
      return drawSelect('It is', stateWords, value, '');
    case 'link':
      return drawLinkChoice(value);
    case 'point':
      return drawSelect('It is', pointWords, value, 'no review comment');
    case 'stance':
      return drawSelect('The mail says', stanceWords, value, 'nothing of the kind');
    case 'trailer':
      return html`<p>It was not given: <code>${value}</code></p>`;
  }
}

/** What a filled form says. */
export function saidBy(correctable: Correctable, form: FormData): Omit<CorrectionRequest, 'reason'> {
  const { kind, subject, value } = correctable;
  const chosen = String(form.get('value') ?? '');
  switch (kind) {
    case 'state':
      return { kind, subject, value: chosen };
    case 'point':
      return { kind, subject, value: `${correctable.line} ${chosen}` };
    case 'stance':
      return { kind, subject, value: `${value} ${chosen}` };
    case 'trailer':
      return { kind, subject, value };
    case 'link':
      return form.get('kind') === 'unlink'
        ? { kind: 'unlink', subject, value }
        : { kind, subject, value: chosen.trim().replace(/^<|>$/g, '') };
  }
}

/** Whether a correction of the same subject is about this thing of it. */
export function isSaidOf(correctable: Correctable, { kind, value }: WireCorrection): boolean {
  if (kind === 'undo') return false;
  if (correctable.kind === 'link') return kind === 'link' || kind === 'unlink';
  if (correctable.kind !== kind) return false;
  if (correctable.kind === 'point') return String(value).startsWith(`${correctable.line} `);
  if (correctable.kind === 'stance') return String(value).split(' ').includes(correctable.value);
  return correctable.kind === 'state' || value === correctable.value;
}

/** `it is addressed`, `not given: Acked-by: Ada Moss <ada@moss.example>`. */
export function correctionWords({ kind, value }: WireCorrection): string {
  const text = String(value);
  const said = text.split(' ').at(-1) ?? '';
  switch (kind) {
    case 'state':
      return `it is ${wordsFor(stateWords, text).word}`;
    case 'point':
      return said === none ? 'this is no review comment' : `this point is ${wordsFor(pointWords, said).word}`;
    case 'stance':
      return `not ${wordsFor(stanceWords, text.split(' ')[0] ?? '').word}, ${
        said === none ? 'nothing of the kind' : wordsFor(stanceWords, said).word
      }`;
    case 'trailer':
      return `not given: ${text}`;
    case 'link':
      return `it follows ${text}`;
    case 'unlink':
      return `it does not follow ${text}`;
    default:
      return `${kind}: ${text}`;
  }
}

/** `denial`: words for that there is no such thing; empty where that cannot be said. */
function drawSelect(label: string, table: Table, current: string, denial: string): TemplateResult {
  return html`<label>${label}
    <select name="value">
      ${Object.entries(table).map(
        ([value, { word }]) => html`<option value=${value} ?selected=${value === current}>${word}</option>`,
      )}
      ${denial === '' ? nothing : html`<option value=${none}>${denial}</option>`}
    </select></label>`;
}

function drawLinkChoice(previous: string): TemplateResult {
  return html`<fieldset>
    <legend>This patch</legend>
    <label><input type="radio" name="kind" value="unlink" checked /> does not follow <code>${previous}</code></label>
    <label><input type="radio" name="kind" value="link" /> follows this Message-ID instead:</label>
    <input name="value" aria-label="Message-ID that it follows" autocomplete="off" />
  </fieldset>`;
}
