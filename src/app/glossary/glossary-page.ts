import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { language } from '../../locales/language.ts';
import { SpokenProse } from '../spoken-prose.ts';

/** The technical terms of all lessons, for learners. */
export class GlossaryPage extends PageElement {
  /** Where the text comes from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  private readonly text = new SpokenProse(
    this,
    () => 'glossary',
    () => this.curriculum,
  );

  protected override render(): TemplateResult {
    const { title, question } = metaOf('glossary', language());
    return html`<div class="page">
      <header>
        <p class="eyebrow">${title}</p>
        <h1 tabindex="-1">${question}</h1>
      </header>
      <article class="prose">
        ${this.text.prose?.sections.map(
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
