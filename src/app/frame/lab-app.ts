import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { PageElement } from '../../components/element.ts';
import { isWithoutOrigin } from '../../policy.ts';
import { findPage, type Services } from '../pages.ts';
import type { AnnounceEvent } from './announce.ts';
import { strings } from './app-strings.ts';
import { renderDeviceChoice } from './device-choice.ts';
import { renderTools } from './frame-tools.ts';
import { LanguageSwitch } from './language-switch.ts';
import { renderDots } from './lesson-dots.ts';
import { PageLoad } from './page-load.ts';
import type { ProgressEvent } from './progress.ts';
import {
  applySettings,
  loadSettings,
  saveSettings,
  type Settings,
  withProgress,
  withStored,
} from './settings.ts';

/** The frame: navigation, language, theme, the page that the address means, and the one place that speaks to screen readers. */
export class LabApp extends PageElement {
  /** What the pages are given. */
  @property({ attribute: false }) services!: Services;

  @state() private settings: Settings = loadSettings();
  @state() private announcement = '';
  private readonly load: PageLoad = new PageLoad(this, {
    need: async (page) => findPage(page).load?.(this.services),
    leaves: () => (this.announcement = ''),
    arrives: () => void this.arrive(),
  });
  private readonly languages = new LanguageSwitch(this, (language) => this.change({ language }));

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('storage', this.onStorage);
    this.addEventListener('lab-announce', this.onAnnounce);
    this.addEventListener('lab-lesson-progress', this.onProgress);
    applySettings(this.settings);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('storage', this.onStorage);
    this.removeEventListener('lab-announce', this.onAnnounce);
    this.removeEventListener('lab-lesson-progress', this.onProgress);
  }

  /** Title and description follow the page and the language. */
  protected override updated(_changed: PropertyValues): void {
    const { page } = this.load;
    const { title, description } = findPage(page);
    document.title = page ? `${title} · ${strings.name}` : title;
    document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  }

  protected override render(): TemplateResult {
    const change = (settings: Partial<Settings>): void => this.change(settings);
    return html`
      <a class="skip" href="#content" @click=${(event: Event) => this.skip(event)}>${strings.skip}</a>
      <header class="bar">
        <a class="brand" href="#/"><span class="mark" aria-hidden="true"></span>${strings.name}</a>
        ${renderDots(this.load.page, this.settings.progress)}
        ${renderTools(this.settings, change, (language) => void this.languages.to(language))}
      </header>
      <main id="content" tabindex="-1">${this.renderPage()}</main>
      <footer class="foot" aria-label=${strings.about}>
        <p>${strings.privacy}</p>
        <p>
          <a href="#/teacher">${strings.teachers}</a> · <a href="#/glossary">${strings.glossary}</a> ·
          <a href="#/bench">${strings.bench}</a>
        </p>
        ${renderDeviceChoice(this.settings, change)}
      </footer>
      <p class="visually-hidden" role="status" aria-live="polite">${this.announcement}</p>
    `;
  }

  private renderPage(): unknown {
    const { shown, trouble } = this.load;
    return [
      isWithoutOrigin() ? html`<p class="notice">${strings.keepsNothing}</p>` : nothing,
      this.languages.isMissing
        ? html`<p class="notice" data-kind="bad" role="alert">${strings.noLanguage}</p>`
        : nothing,
      this.renderShown(shown, trouble),
    ];
  }

  private renderShown(shown: string | undefined, trouble: PageLoad['trouble']): TemplateResult {
    if (trouble) {
      return html`<div class="page">
        <p class="notice" data-kind="bad" role="alert">${strings.trouble[trouble]}</p>
        <button
          class="pill"
          type="button"
          aria-disabled=${trouble === 'trying'}
          @click=${() => void this.load.again()}
        >
          ${strings.tryAgain}
        </button>
      </div>`;
    }
    if (shown === undefined) return html`<p class="page">${strings.loading}</p>`;
    return html`${keyed(shown, findPage(shown).render(this.services, this.settings))}`;
  }

  private change(change: Partial<Settings>): void {
    this.settings = withStored({ ...this.settings, ...change });
    applySettings(this.settings);
    saveSettings(this.settings);
  }

  /** The hash names the page, so the link's own jump would leave it. */
  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>('#content')?.focus();
  }

  /** Another page is there: it begins at its top, and screen readers begin at its heading. */
  private async arrive(): Promise<void> {
    scrollTo({ top: 0, behavior: 'instant' });
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  private readonly onAnnounce = (event: AnnounceEvent): void => {
    this.announcement = event.text;
  };

  private readonly onProgress = ({ lesson, progress }: ProgressEvent): void => {
    const settings = withProgress(this.settings, lesson, progress);
    if (settings !== this.settings) this.change(settings);
  };

  /** Another tab has saved them. */
  private readonly onStorage = (): void => {
    this.settings = loadSettings();
    applySettings(this.settings);
  };
}
