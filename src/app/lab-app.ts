import { html, LitElement, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Lab } from '../worker/protocol.ts';
import type { AnnounceEvent } from './announce.ts';
import { strings } from './app-strings.ts';
import { PAGES, pageOf } from './pages.ts';
import {
  applySettings,
  loadSettings,
  nextTheme,
  saveSettings,
  type Settings,
  type Theme,
} from './settings.ts';

const ICONS: Record<Theme, TemplateResult> = {
  system: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M8 2a6 6 0 0 1 0 12z" />`,
  light: svg`<circle cx="8" cy="8" r="3.2" /><path d="M8 .8v2M8 13.2v2M.8 8h2M13.2 8h2M2.9 2.9l1.4 1.4M11.7 11.7l1.4 1.4M2.9 13.1l1.4-1.4M11.7 4.3l1.4-1.4" stroke="currentColor" stroke-width="1.5" />`,
  dark: svg`<path d="M13.6 10.2A6.2 6.2 0 0 1 5.8 2.4a6.2 6.2 0 1 0 7.8 7.8z" />`,
};

/** The frame: navigation, theme, the page that the address means, and the one place that speaks to screen readers. */
export class LabApp extends LitElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;

  @state() private page = pageOf(location.hash);
  @state() private settings: Settings = loadSettings();
  @state() private announcement = '';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.onHash);
    this.addEventListener('lab-announce', this.onAnnounce);
    applySettings(this.settings);
    this.describe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.onHash);
    this.removeEventListener('lab-announce', this.onAnnounce);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { theme, projector } = this.settings;
    const place = (name: string, label: string): TemplateResult =>
      html`<a href="#/${name}" aria-current=${this.page === name ? 'page' : 'false'}>${label}</a>`;
    return html`
      <a class="skip" href="#content" @click=${(event: Event) => this.skip(event)}>${strings.skip}</a>
      <header class="bar">
        <a class="brand" href="#/"><span class="mark" aria-hidden="true"></span>${strings.name}</a>
        <nav class="places" aria-label=${strings.places}>
          ${place('shape', strings.shape)} ${place('language', strings.language)}
        </nav>
        <div class="tools">
          <button
            type="button"
            aria-label=${strings.theme[theme]}
            title=${strings.theme[theme]}
            @click=${() => this.set({ theme: nextTheme(theme) })}
          >
            <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
              ${ICONS[theme]}
            </svg>
          </button>
          <button
            type="button"
            title=${strings.projectorHelp}
            aria-pressed=${projector}
            @click=${() => this.set({ projector: !projector })}
          >
            ${strings.projector}
          </button>
        </div>
      </header>
      <main id="content" tabindex="-1">${keyed(this.page, PAGES[this.page]!.render(this.lab))}</main>
      <p class="visually-hidden" role="status" aria-live="polite">${this.announcement}</p>
    `;
  }

  private set(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change };
    applySettings(this.settings);
    saveSettings(this.settings);
  }

  /** Title and description follow the page. */
  private describe(): void {
    const { title, description } = PAGES[this.page]!;
    document.title = this.page ? `${title} · ${strings.name}` : title;
    document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  }

  /** The hash names the page, so the link's own jump would leave it. */
  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>('#content')?.focus();
  }

  private readonly onHash = (): void => {
    const page = pageOf(location.hash);
    if (page === this.page) return;
    this.page = page;
    this.announcement = '';
    this.describe();
    scrollTo({ top: 0, behavior: 'instant' });
    // Readers of the screen begin at the new heading.
    void this.updateComplete.then(async () => {
      await new Promise(requestAnimationFrame);
      this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    });
  };

  private readonly onAnnounce = (event: AnnounceEvent): void => {
    this.announcement = event.text;
  };
}
