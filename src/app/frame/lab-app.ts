import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { PageElement } from '../../components/element.ts';
import { WANTED, wantedIn } from '../../devices/choice.ts';
import { CORES, coresIn } from '../../devices/cores.ts';
import { askAgain } from '../../loading.ts';
import { isWithoutOrigin } from '../../policy.ts';
import type { AnnounceEvent } from './announce.ts';
import { strings } from './app-strings.ts';
import { LESSON_NAMES, metaOf } from '../curriculum.ts';
import { coresWord, strings as device, wishOf } from '../device/device-strings.ts';
import { wantedHere } from '../device/wanted.ts';
import { LANGUAGES, TAGS } from '../../languages.ts';
import { language, NAMES, speak } from '../../locales/language.ts';
import { PageLoad } from './page-load.ts';
import { hashHere, moveTo, moveToLanguage } from './site.ts';
import { findPage, pageOf, type Services } from '../pages.ts';
import type { ProgressEvent } from './progress.ts';
import {
  applySettings,
  loadSettings,
  nextTheme,
  saveSettings,
  type Settings,
  type Theme,
  withProgress,
  withStored,
} from './settings.ts';

const ICONS: Record<Theme, TemplateResult> = {
  system: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M8 2a6 6 0 0 1 0 12z" />`,
  light: svg`<circle cx="8" cy="8" r="3.2" /><path d="M8 .8v2M8 13.2v2M.8 8h2M13.2 8h2M2.9 2.9l1.4 1.4M11.7 11.7l1.4 1.4M2.9 13.1l1.4-1.4M11.7 4.3l1.4-1.4" stroke="currentColor" stroke-width="1.5" />`,
  dark: svg`<path d="M13.6 10.2A6.2 6.2 0 0 1 5.8 2.4a6.2 6.2 0 1 0 7.8 7.8z" />`,
};

/** The frame: navigation, language, theme, the page that the address means, and the one place that speaks to screen readers. */
export class LabApp extends PageElement {
  /** What the pages are given. */
  @property({ attribute: false }) services!: Services;

  /** the page that is asked for */
  @state() private page = pageOf(hashHere());
  @state() private settings: Settings = loadSettings();
  @state() private announcement = '';
  /** a language was asked for whose texts could not be loaded */
  @state() private missesLanguage = false;
  private readonly load = new PageLoad(this, async (page) => findPage(page).load?.(this.services));

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.onHash);
    // Back to a document's own address is more than a change of hash.
    addEventListener('popstate', this.onHash);
    addEventListener('storage', this.onStorage);
    this.addEventListener('lab-announce', this.onAnnounce);
    this.addEventListener('lab-lesson-progress', this.onProgress);
    applySettings(this.settings);
    moveTo(this.page);
    void this.load.open(this.page);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.onHash);
    removeEventListener('popstate', this.onHash);
    removeEventListener('storage', this.onStorage);
    this.removeEventListener('lab-announce', this.onAnnounce);
    this.removeEventListener('lab-lesson-progress', this.onProgress);
  }

  /** Title and description follow the page and the language. */
  protected override updated(_changed: PropertyValues): void {
    const { title, description } = findPage(this.page);
    document.title = this.page ? `${title} · ${strings.name}` : title;
    document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  }

  protected override render(): TemplateResult {
    return html`
      <a class="skip" href="#content" @click=${(event: Event) => this.skip(event)}>${strings.skip}</a>
      <header class="bar">
        <a class="brand" href="#/"><span class="mark" aria-hidden="true"></span>${strings.name}</a>
        ${this.renderLessons()} ${this.renderTools()}
      </header>
      <main id="content" tabindex="-1">${this.renderPage()}</main>
      <footer class="foot" aria-label=${strings.about}>
        <p>${strings.privacy}</p>
        <p>
          <a href="#/teacher">${strings.teachers}</a> · <a href="#/glossary">${strings.glossary}</a> ·
          <a href="#/bench">${strings.bench}</a>
        </p>
        ${this.renderDevice()}
      </footer>
      <p class="visually-hidden" role="status" aria-live="polite">${this.announcement}</p>
    `;
  }

  private renderPage(): unknown {
    const { shown, trouble } = this.load;
    return [
      isWithoutOrigin() ? html`<p class="notice">${strings.keepsNothing}</p>` : nothing,
      this.missesLanguage
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

  /** The path as a row of marks, one for each lesson: one stop of the tab key, and arrow keys along it. */
  private renderLessons(): TemplateResult {
    const here = LESSON_NAMES.findIndex((name) => this.page === `lesson/${name}`);
    return html`<nav class="dots" aria-label=${strings.lessons} @keydown=${moveAlong}>
      ${LESSON_NAMES.map((name, i) => {
        const done = this.settings.progress[name] === 'checked';
        const { title } = metaOf(name, language());
        const label = done ? strings.lessonDone(i + 1, title) : strings.lesson(i + 1, title);
        return html`<a
          href="#/lesson/${name}"
          class=${done ? 'done' : ''}
          tabindex=${i === Math.max(0, here) ? 0 : -1}
          aria-current=${i === here ? 'page' : nothing}
          aria-label=${label}
          title=${label}
        ></a>`;
      })}
    </nav>`;
  }

  private renderTools(): TemplateResult {
    const { theme, projector } = this.settings;
    const other = LANGUAGES.find((candidate) => candidate !== language())!;
    // The page is whole without it.
    if (projector) void import('../presenter/presenter-tools.ts').catch(console.warn);
    return html`<div class="tools">
      ${projector ? html`<presenter-tools></presenter-tools>` : nothing}
      <button type="button" lang=${TAGS[other]} @click=${() => void this.speak(other)}>
        ${NAMES[other]}
      </button>
      <button
        type="button"
        aria-label=${strings.theme[theme]}
        title=${strings.theme[theme]}
        @click=${() => this.set({ ...this.settings, theme: nextTheme(theme) })}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
          ${ICONS[theme]}
        </svg>
      </button>
      <button
        class="projector"
        type="button"
        title=${strings.projectorHelp}
        aria-pressed=${projector}
        @click=${() => this.set({ ...this.settings, projector: !projector })}
      >
        ${strings.projector}
      </button>
    </div>`;
  }

  /** What is trained on. Another device means another worker, and so the page from its beginning. */
  private renderDevice(): TemplateResult {
    const wanted = wantedHere(this.settings);
    const choose = (event: Event): void => {
      const device = wantedIn((event.target as HTMLSelectElement).value) ?? 'auto';
      this.set({ ...this.settings, device });
      const address = new URL(location.href);
      address.searchParams.delete('device');
      history.replaceState(history.state, '', address);
      location.reload();
    };
    const share = (event: Event): void => {
      const cores = coresIn((event.target as HTMLSelectElement).value) ?? 'many';
      this.set({ ...this.settings, cores });
      location.reload();
    };
    return html`<p>
      <label
        >${device.train}
        <select @change=${choose}>
          ${WANTED.map((each) => html`<option value=${each} .selected=${each === wanted}>${wishOf(each)}</option>`)}
        </select></label
      >
      <label
        >${device.cores}
        <select @change=${share}>
          ${CORES.map((each) => html`<option value=${each} .selected=${each === this.settings.cores}>${coresWord(each)}</option>`)}
        </select></label
      >
    </p>`;
  }

  private set(settings: Settings): void {
    this.settings = withStored(settings);
    applySettings(this.settings);
    saveSettings(this.settings);
  }

  private async speak(language: Settings['language']): Promise<void> {
    const speaks = (): Promise<boolean> =>
      speak(language).then(
        () => true,
        () => false,
      );
    const isSpoken = (await speaks()) || ((await askAgain()) && (await speaks()));
    this.missesLanguage = !isSpoken;
    if (!isSpoken) return;
    moveToLanguage(language);
    this.set({ ...this.settings, language });
  }

  /** The hash names the page, so the link's own jump would leave it. */
  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>('#content')?.focus();
  }

  private readonly onHash = (): void => {
    const page = pageOf(hashHere());
    moveTo(page);
    if (page === this.page) return;
    this.page = page;
    this.announcement = '';
    void this.load.open(page).then(async (isThere) => {
      if (!isThere) return;
      scrollTo({ top: 0, behavior: 'instant' });
      // Readers of the screen begin at the new heading.
      await this.updateComplete;
      await new Promise(requestAnimationFrame);
      this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    });
  };

  private readonly onAnnounce = (event: AnnounceEvent): void => {
    this.announcement = event.text;
  };

  private readonly onProgress = ({ lesson, progress }: ProgressEvent): void => {
    const settings = withProgress(this.settings, lesson, progress);
    if (settings !== this.settings) this.set(settings);
  };

  /** Another tab has saved them. */
  private readonly onStorage = (): void => {
    this.settings = loadSettings();
    applySettings(this.settings);
  };
}

/** Arrow keys go from link to link. */
function moveAlong(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const links = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(event.target as HTMLElement);
  if (by === undefined || at < 0) return;
  event.preventDefault();
  links[Math.min(links.length - 1, Math.max(0, at + by))]!.focus();
}
