/** What all elements have in common. */
import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement } from 'lit';

/** Draws itself anew when the language changes. */
export class LabElement extends LitElement {
  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }
}

/** Draws into the page itself, whose style sheet it uses. */
export class PageElement extends LabElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
