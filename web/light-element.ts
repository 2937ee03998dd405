/**
 * Light element: a Lit element that draws into the page itself, without a shadow root.
 *
 * Fragments, `aria-labelledby`, find-in-page and printing do not cross shadow roots well, and all styles of this
 * interface are in one file; so every element here is of this kind.
 */
import { LitElement } from 'lit';

export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
