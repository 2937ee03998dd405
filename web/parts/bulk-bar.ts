/**
 * Bulk bar: what can be done with the chosen series: set their state, have somebody look after them, put them into a
 * bundle, and take that back.
 *
 * All are changed or none. Nobody is asked whether they are sure: undo stays until the next change.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bundleUrl } from '../../server/urls.ts';
import type { WireBundle, WireCorrection, WireDelegate } from '../../server/wire.ts';
import { change, get } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { Load } from '../load.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce, tell } from '../signals.ts';
import { stateWords, wordsFor } from '../status-words.ts';
import { countWords } from '../time-words.ts';
import { drawProblem } from './page-state.ts';

/** Why, where nobody said it. */
const plainReason = 'set by hand';

/** What was done last. */
type Done =
  | { readonly says: string; readonly corrections: readonly WireCorrection[] }
  | { readonly says: string; readonly bundle: WireBundle };

@customElement('pt-bulk-bar')
export class BulkBar extends LightElement {
  /** Ids of series. */
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  /** On the page of the one series that is meant: nothing is to be chosen. */
  @property({ type: Boolean }) single = false;
  /** Who may be made to look after patches; without anybody there is no choice. */
  private readonly delegates = new Load<readonly WireDelegate[], [boolean]>(
    this,
    () => [this.chosen.size > 0],
    async ([isNeeded], signal) =>
      isNeeded ? (await get('GET /api/v1/delegates', {}, {}, signal)).items : [],
  );
  @state() private done: Done | null = null;
  @state() private bundles: readonly WireBundle[] | null = null;
  @state() private isBusy = false;
  @state() private problem: ProblemError | null = null;

  override render(): TemplateResult {
    return html`${this.problem ? drawProblem(this.problem, null) : nothing}
      ${this.chosen.size > 0 ? this.drawForms() : nothing}
      ${this.done && (this.single || this.chosen.size === 0) ? this.drawDone(this.done) : nothing}`;
  }

  private drawForms(): TemplateResult {
    const delegates = this.delegates.value ?? [];
    return html`<div class="bulk" role="group" aria-label=${this.single ? 'Change the series' : 'Change the selected series'}>
      ${this.single ? nothing : html`<strong>${this.chosen.size} selected</strong>`}
      <form class="bulk-part" aria-label="Set the state" @submit=${this.setState}>
        <label>State <select name="state" data-key=".">${Object.entries(stateWords).map(
          ([value, { word }]) => html`<option value=${value}>${word}</option>`,
        )}</select></label>
        <label>Why? <input name="reason" maxlength="500" autocomplete="off" placeholder="not needed" /></label>
        <button class="primary" ?disabled=${this.isBusy}>Set</button>
      </form>
      ${delegates.length === 0 ? nothing : this.drawDelegates(delegates)}
      <form class="bulk-part" aria-label="Put into a bundle" @submit=${this.bundle}>
        <label>Bundle <input name="bundle" data-key="B" required maxlength="50" autocomplete="off" list="own-bundles"
          placeholder="new or known name" @focus=${this.loadBundles} /></label>
        <datalist id="own-bundles">${(this.bundles ?? []).map(({ name }) => html`<option value=${name}></option>`)}</datalist>
        <button ?disabled=${this.isBusy}>Add</button>
      </form>
      ${
        this.single
          ? nothing
          : html`<span class="bulk-part">
        <button type="button" @click=${() => this.dispatchEvent(new Event('pt-set-aside'))}
          title="Hidden here until new mail comes">Set aside</button>
        <button type="button" @click=${() => this.dispatchEvent(new Event('pt-chosen-cleared'))}>Clear</button>
      </span>`
      }
    </div>`;
  }

  private drawDelegates(delegates: readonly WireDelegate[]): TemplateResult {
    return html`<form class="bulk-part" aria-label="Give to somebody" @submit=${this.delegate}>
      <label>Looked after by <select name="delegate" data-key="D">${delegates.map(
        ({ name, fullName }, at) =>
          html`<option value=${name} ?selected=${at === 0}>${fullName || name}</option>`,
      )}<option value="">nobody</option></select></label>
      <button ?disabled=${this.isBusy}>Give</button>
    </form>`;
  }

  private drawDone(done: Done): TemplateResult {
    return html`<p class="bulk"><span>${done.says}</span>
      ${
        'bundle' in done
          ? html`<a href=${bundleUrl(done.bundle.number)}>Open the bundle</a>`
          : html`<button type="button" data-key="U" ?disabled=${this.isBusy} @click=${() => this.undo(done.corrections)}>Undo</button>`
      }</p>`;
  }

  private async setState(event: SubmitEvent): Promise<void> {
    const values = valuesOf(event);
    const [value, reason] = [String(values.get('state')), String(values.get('reason')).trim() || plainReason];
    const items = [...this.chosen].map((subject) => ({ kind: 'state' as const, subject, value, reason }));
    await this.ask(async () => {
      const { items: corrections } = await change('POST /api/v1/corrections/bulk', {}, { items });
      const { word } = wordsFor(stateWords, value);
      return { says: `${countWords(items.length, 'series', 'series')} set to ${word}.`, corrections };
    });
  }

  private async delegate(event: SubmitEvent): Promise<void> {
    const name = String(valuesOf(event).get('delegate'));
    await this.ask(async () => {
      const body = { series: [...this.chosen], patches: [], delegate: name };
      const { items: corrections } = await change('POST /api/v1/delegates', {}, body);
      const patches = countWords(corrections.length, 'patch', 'patches');
      return {
        says: name === '' ? `${patches} looked after by nobody now.` : `${patches} given to ${name}.`,
        corrections,
      };
    });
  }

  private async bundle(event: SubmitEvent): Promise<void> {
    const name = String(valuesOf(event).get('bundle')).trim();
    await this.ask(async () => {
      const body = { name, series: [...this.chosen], patches: [] };
      const bundle = await change('POST /api/v1/bundles', {}, body);
      this.bundles = null;
      return {
        says: `The bundle ${name} has ${countWords(bundle.patches, 'patch', 'patches')} now.`,
        bundle,
      };
    });
  }

  /** Names of one's own, for whoever is about to choose one. */
  private async loadBundles(): Promise<void> {
    if (this.bundles) return;
    this.bundles = [];
    try {
      const { items } = await get('GET /api/v1/bundles', {}, {});
      this.bundles = items.filter(({ isOwn }) => isOwn);
    } catch {
      // Only hints: a name can be typed without them.
      this.bundles = null;
    }
  }

  private async undo(corrections: readonly WireCorrection[]): Promise<void> {
    await this.ask(async () => {
      for (const { id } of corrections)
        await change('DELETE /api/v1/corrections/{id}', { id: String(id) }, null);
      return null;
    });
  }

  private async ask(work: () => Promise<Done | null>): Promise<void> {
    this.problem = null;
    this.isBusy = true;
    try {
      const before = this.done;
      this.done = await work();
      announce(this.done?.says ?? 'Taken back.');
      const told = [this.done, before].flatMap((one) =>
        one && 'corrections' in one ? one.corrections : [],
      )[0];
      if (told) tell(this, 'pt-corrected', told);
      else this.dispatchEvent(new Event('pt-chosen-cleared'));
    } catch (cause) {
      this.problem = asProblem(cause);
    } finally {
      this.isBusy = false;
    }
  }
}

function valuesOf(event: SubmitEvent): FormData {
  event.preventDefault();
  return new FormData(event.target instanceof HTMLFormElement ? event.target : undefined);
}
