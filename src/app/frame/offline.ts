/** The page's side of working offline: registers the service worker, and offers a new version without hurry. */
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { LabElement } from '../../components/element.ts';
import { SITE_FOLDER } from '../../loading.ts';
import { scriptAddress } from '../../policy.ts';
import { strings } from './offline-strings.ts';
import { promptStyles } from './prompt-styles.ts';

/** How often a page that stays open looks for a new version, ms. */
const LOOK_EVERY_MS = 60 * 60 * 1000;
/** When storing the first version has failed: time until it is tried again, ms; doubled each time. */
const FIRST_LOOK_MS = 60 * 1000;

/**
 * Says when a new version of the page is there. Nothing is reloaded unless it is asked for: a run is never interrupted.
 */
export class UpdatePrompt extends LabElement {
  static override styles = promptStyles;

  /** the new version, whether it waits or another tab has activated it */
  @state() private waiting: ServiceWorker | undefined;
  private isAsked = false;

  /** Follows a registration from now on. */
  follow(registration: ServiceWorkerRegistration): void {
    const look = (): void => {
      // Without a controller this is the first visit: there is nothing to update.
      if (registration.waiting && navigator.serviceWorker.controller) this.waiting = registration.waiting;
    };
    look();
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // The new version deletes the old one's files, so a page that was not reloaded should be.
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

/**
 * Keeps the page for visits without a network. Where that is not possible, all is as it was: private windows may refuse,
 * a frame without an origin has no service workers, and a host in the middle of a new version has not all files yet.
 */
export async function workOffline(parent: HTMLElement): Promise<void> {
  try {
    // In a frame without an origin even looking is refused.
    const container = (navigator as Partial<Navigator>).serviceWorker;
    if (!container) return;
    customElements.define('update-prompt', UpdatePrompt);
    const prompt = new UpdatePrompt();
    parent.append(prompt);
    await keep(container, prompt);
  } catch (error) {
    console.warn(error);
  }
}

async function keep(container: ServiceWorkerContainer, prompt: UpdatePrompt): Promise<void> {
  const address = scriptAddress(new URL('sw.js', SITE_FOLDER).href);
  let followed: ServiceWorkerRegistration | undefined;
  let wait = FIRST_LOOK_MS;
  for (;;) {
    try {
      // A registration whose first worker could not get all files is gone.
      const registration = await container.register(address);
      if (registration !== followed) prompt.follow((followed = registration));
      else await registration.update();
    } catch (error) {
      console.warn(error);
    }
    await new Promise((resolve) => setTimeout(resolve, followed?.active ? LOOK_EVERY_MS : wait));
    wait = Math.min(2 * wait, LOOK_EVERY_MS);
  }
}
