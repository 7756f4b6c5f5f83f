import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { language } from '../../locales/language.ts';
import type { Prose } from '../prose.ts';

/** The technical terms of all lessons, for learners. */
export class GlossaryPage extends PageElement {
  /** Where the text comes from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  @state() private prose: Prose | undefined;
  private spoken = '';

  protected override willUpdate(): void {
    if (this.spoken === language()) return;
    this.spoken = language();
    void this.curriculum.prose('glossary', language()).then(
      (prose) => (this.prose = prose),
      () => (this.spoken = ''), // The text stays in the language before, and is asked for again.
    );
  }

  protected override render(): TemplateResult {
    const { title, question } = metaOf('glossary', language());
    return html`<div class="page">
      <header>
        <p class="eyebrow">${title}</p>
        <h1 tabindex="-1">${question}</h1>
      </header>
      <article class="prose">
        ${this.prose?.sections.map(
          ({ name, html: text }) =>
            html`<section>
              <h2>${name}</h2>
              <lab-prose .html=${text}></lab-prose>
            </section>`,
        )}
      </article>
    </div>`;
  }
}
