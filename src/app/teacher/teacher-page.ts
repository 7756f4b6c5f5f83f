import { updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { language } from '../language.ts';
import type { Prose } from '../prose.ts';
import { strings } from './teacher-strings.ts';

/** For teachers: plans, questions, misconceptions, and a worksheet to print. */
export class TeacherPage extends LitElement {
  /** Where the text comes from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  @state() private prose: Prose | undefined;
  private spoken = '';

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    if (this.spoken === language()) return;
    this.spoken = language();
    void this.curriculum.prose('teacher', language()).then(
      (prose) => (this.prose = prose),
      () => (this.spoken = ''), // The text stays in the language before, and is asked for again.
    );
  }

  protected override render(): TemplateResult {
    const { title, question } = metaOf('teacher', language());
    return html`<div class="page">
      <header>
        <p class="eyebrow">${title}</p>
        <h1 tabindex="-1">${question}</h1>
        <button class="pill print" type="button" @click=${() => print()}>${strings.print}</button>
      </header>
      <nav class="contents" aria-label=${strings.contents}>
        <ul>
          ${this.prose?.sections.map(
            ({ name }, i) =>
              html`<li><button class="word" type="button" @click=${() => this.go(i)}>${name}</button></li>`,
          )}
        </ul>
      </nav>
      <article class="prose">
        ${this.prose?.sections.map(
          ({ name, html: text }) =>
            html`<section>
              <h2 tabindex="-1">${name}</h2>
              <lab-prose .html=${text}></lab-prose>
            </section>`,
        )}
      </article>
    </div>`;
  }

  /** The hash names the page, so a link's own jump would leave it. */
  private go(section: number): void {
    const heading = this.querySelectorAll<HTMLElement>('article h2')[section];
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  }
}
