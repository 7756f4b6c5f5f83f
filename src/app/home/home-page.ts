import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { GROUPS, LESSON_NAMES, metaOf } from '../curriculum.ts';
import { wordOf } from '../device/device-strings.ts';
import { sketch } from './home-pictures.ts';
import { strings } from './home-strings.ts';
import { language } from '../../locales/language.ts';
import type { Probe } from '../device/probe.ts';
import { loadTimes, runTime } from '../runs/run-times.ts';
import type { Settings } from '../frame/settings.ts';
import type { Lab } from '../../worker/protocol.ts';

/** The first page: what it is about, what it will run on, and the path through the lessons. */
export class HomePage extends PageElement {
  /** The engine, for what the page trains when it is asked to. */
  @property({ attribute: false }) lab!: Lab;
  /** Asks what the page would compute on. */
  @property({ attribute: false }) probe!: () => Promise<Probe>;
  /** How far the learner has come, by lesson. */
  @property({ attribute: false }) progress: Settings['progress'] = {};

  @state() private device: Probe | 'asking' = 'asking';
  private readonly times = loadTimes();

  override connectedCallback(): void {
    super.connectedCallback();
    void import('../lives/lives-card.ts').catch(console.warn);
    void this.probe().then((device) => (this.device = device));
  }

  protected override render(): TemplateResult {
    const next = this.next;
    const { question } = metaOf(next, language());
    const begun = Object.keys(this.progress).length > 0;
    return html`<div class="home">
      <div class="hero">
        <div>
          <h1 tabindex="-1">${strings.heading} <br />${strings.doubt}</h1>
          <p class="lede">${strings.lede}</p>
          <p class="starts">
            <a class="cta" href="#/lesson/${next}"
              >${begun ? strings.goOn(question) : strings.begin(question)}</a
            >
            <a href="#/shape">${strings.freely}</a>
          </p>
          ${this.renderDevice()}
        </div>
        <lives-card .lab=${this.lab}></lives-card>
      </div>
      <section aria-labelledby="path">
        <h2 id="path">${strings.path}</h2>
        <p class="note">${strings.pathNote}</p>
        ${GROUPS.map(({ name: group, lessons }) => {
          const first = LESSON_NAMES.indexOf(lessons[0]!) + 1;
          return html`<h3 id=${`path-${group}`}>${strings.groups[group]}</h3>
            <ol class="path" start=${first} aria-labelledby=${`path-${group}`}>
              ${lessons.map((name, i) => this.renderLesson(name, first + i, name === next))}
            </ol>`;
        })}
      </section>
      <section aria-labelledby="free">
        <h2 id="free">${strings.sandbox}</h2>
        <ul class="cards">
          ${this.renderCard(strings.cards.shape, '#/shape')}
          ${this.renderCard(strings.cards.language, '#/language')}
        </ul>
      </section>
    </div>`;
  }

  private renderLesson(name: string, at: number, isNext: boolean): TemplateResult {
    const { title, question } = metaOf(name, language());
    const progress = this.progress[name];
    return html`<li class=${isNext ? 'now' : ''}>
      <a href="#/lesson/${name}">
        <span class="n">${at}</span>
        ${sketch(name)}
        <span class="q">${question}<small>${title}</small></span>
        <span class="t" data-state=${progress ?? nothing}
          >${progress ? strings.states[progress] : this.minutes(name)}${progress === 'checked' ? ' ✓' : ''}</span
        >
      </a>
    </li>`;
  }

  /** Reading and doing, and the run where there can be one. */
  private minutes(name: string): string {
    const { minutes } = metaOf(name, language());
    const { device } = this;
    const run = runTime(name, this.times, device !== 'asking' && device.software);
    const total = Math.round(minutes + (run?.seconds ?? 0) / 60);
    return run?.measured ? strings.minutes(total) : strings.aboutMinutes(total);
  }

  private renderCard(
    { heading, text, cta }: { heading: string; text: string; cta: string },
    href: string,
  ): TemplateResult {
    return html`<li class="card">
      <h3>${heading}</h3>
      <p>${text}</p>
      <a class="cta" href=${href}>${cta}</a>
    </li>`;
  }

  private renderDevice(): TemplateResult {
    const { device } = this;
    if (device === 'asking') return html`<p class="device" data-state="asking">${strings.asking}</p>`;
    const word = device.reason && wordOf(device.reason);
    return word
      ? html`<p class="device" data-state="slow">${strings.slow} ${word.why} ${word.step}</p>`
      : html`<p class="device" data-state="ok">${strings.ready(device.name)}</p>`;
  }

  /** The first lesson that is not done. */
  private get next(): string {
    return LESSON_NAMES.find((name) => this.progress[name] !== 'checked') ?? 'sandbox';
  }
}

customElements.define('home-page', HomePage);
