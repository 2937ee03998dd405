/**
 * Add source: the form that brings in a list, on the first day and later. Only where the page may ask for changes.
 *
 * What is wrong with a location is said where it was typed; once it is taken, the list of sources tells the rest.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { change } from '../client.ts';
import { LightElement } from '../light-element.ts';
import { asProblem, type ProblemError } from '../problem.ts';
import { announce } from '../signals.ts';
import { drawProblem } from './page-state.ts';

const examples = [
  ['https://lore.kernel.org/linux-man/', 'a public-inbox on the web'],
  ['/srv/mail/linux-api.mbox.gz', 'an mbox, maildir, mirror or folder on this machine'],
  [
    'imaps://me@mail.example.org/lists/linux-man',
    'a mail folder; its password is in PATCHTRAIL_IMAP_PASSWORD',
  ],
] as const;

@customElement('pt-add-source')
export class AddSource extends LightElement {
  /** True on the first day, when nothing is held yet. */
  @property({ type: Boolean }) first = false;
  @state() private isBusy = false;
  @state() private problem: ProblemError | null = null;

  override render(): TemplateResult {
    return html`<form class="add-source" aria-label="Add a source" @submit=${this.add}>
      <h2>${this.first ? 'Add your first list' : 'Add a list'}</h2>
      <label>Where its mail is
        <input name="location" required maxlength="2000" autocomplete="off" spellcheck="false" autocapitalize="none"
          placeholder=${examples[0][0]} /></label>
      <label>Name of the list <input name="list" maxlength="200" autocomplete="off" placeholder="as the mails say" /></label>
      <button class="primary" ?disabled=${this.isBusy}>${this.isBusy ? 'Looking…' : 'Add'}</button>
      ${this.problem ? drawProblem(this.problem, null) : nothing}
      <ul class="muted">${examples.map(([location, says]) => html`<li><code>${location}</code> ${says}</li>`)}</ul>
    </form>`;
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const values = new FormData(form);
    this.isBusy = true;
    this.problem = null;
    try {
      const body = { location: String(values.get('location')), list: String(values.get('list')) };
      const { locations } = await change('POST /api/v1/sources', {}, body);
      announce(`Added: ${locations.join(', ')}`);
      form.reset();
      this.dispatchEvent(new Event('pt-source-added', { bubbles: true }));
    } catch (cause) {
      this.problem = asProblem(cause);
    } finally {
      this.isBusy = false;
    }
  }
}
