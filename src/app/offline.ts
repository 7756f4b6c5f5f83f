/** The page's side of working offline: registers the service worker, and offers a new version without hurry. */
import { updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { strings } from './offline-strings.ts';
import { promptStyles } from './prompt-styles.ts';

/** How often a page that stays open looks for a new version, ms. */
const LOOK_EVERY_MS = 60 * 60 * 1000;

/**
 * Says when a new version of the page is there. Nothing is reloaded unless it is asked for: a run is never interrupted.
 */
export class UpdatePrompt extends LitElement {
  static override styles = promptStyles;

  /** the version that waits, or that another tab has let in */
  @state() private waiting: ServiceWorker | undefined;
  private isAsked = false;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** Follows a registration from now on. */
  follow(registration: ServiceWorkerRegistration): void {
    const look = (): void => {
      // Without a controller this is the first visit: there is nothing to update.
      if (registration.waiting && navigator.serviceWorker.controller) this.waiting = registration.waiting;
    };
    look();
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // Files of the version before are gone with it: a page that goes on without a reload says that it should.
      if (this.isAsked) location.reload();
      else this.waiting = navigator.serviceWorker.controller ?? undefined;
    });
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { waiting } = this;
    if (!waiting) return nothing;
    return html`<aside aria-label=${strings.title}>
      <p role="status">${strings.text}</p>
      <button class="now" type="button" @click=${() => this.takeOver(waiting)}>${strings.now}</button>
      <button type="button" @click=${() => (this.waiting = undefined)}>${strings.later}</button>
    </aside>`;
  }

  private takeOver(waiting: ServiceWorker): void {
    this.isAsked = true;
    if (waiting.state === 'installed') waiting.postMessage('take over');
    else location.reload();
  }
}

/** Keeps the page for visits without a network. Where that is not possible, all is as it was. */
export async function workOffline(parent: HTMLElement): Promise<void> {
  const container = (navigator as Partial<Navigator>).serviceWorker;
  if (!container) return;
  customElements.define('update-prompt', UpdatePrompt);
  const prompt = new UpdatePrompt();
  parent.append(prompt);
  try {
    const registration = await container.register(new URL('sw.js', document.baseURI));
    prompt.follow(registration);
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  } catch (error) {
    // Private windows may refuse.
    console.warn(error);
  }
}
