import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { say } from '../../locales/say.ts';
import type { ForClass } from '../../lessons/for-class.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { language } from '../../locales/language.ts';
import { askedOf } from '../class/asked.ts';
import { ClassAddress } from '../class/class-address.ts';
import { forClassOf } from '../class/for-class.ts';
import { TaughtLesson } from '../class/taught-lesson.ts';
import { type Curriculum, metaOf } from '../curriculum.ts';
import { renderAxes } from './sketch-axes.ts';
import { words } from './teacher-words.ts';

/** One page to print for a lesson: what one thinks, predicts, finds and concludes. */
export class WorksheetPage extends PageElement {
  /** Where texts and figures come from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  private readonly address = new ClassAddress(this, 'worksheet');
  private readonly of = new TaughtLesson(
    this,
    () => this.address.lesson,
    async (lesson) => {
      const [asked, about] = await Promise.all([askedOf(this.curriculum, lesson), forClassOf(lesson)]);
      return { asked, about, expected: {}, recording: undefined };
    },
  );

  protected override render(): TemplateResult {
    const { lesson } = this.address;
    const { about, asked } = this.of.taught;
    const { title, question } = metaOf(lesson, language());
    const line = html`<span class="line"></span>`;
    return html`<div class="page sheet">
      ${this.address.renderWrong()}
      <p class="row print">
        <label
          >${words.lesson}
          <select
            @change=${(event: Event) => {
              location.hash = `#/worksheet?lesson=${(event.target as HTMLSelectElement).value}`;
            }}
          >
            ${EXPERIMENT_NAMES.map(
              (name) =>
                html`<option value=${name} .selected=${name === lesson}>
                  ${metaOf(name, language()).title}
                </option>`,
            )}
          </select></label
        >
        <button class="pill" type="button" @click=${() => print()}>${words.print}</button>
      </p>
      <p class="eyebrow">${title}</p>
      <h1 tabindex="-1">${question}</h1>
      <p class="fields">
        ${[words.who, words.device, words.sizeAndSeed].map((field) => html`<span>${field}: ${line}</span>`)}
      </p>
      ${about ? renderTicks(about) : nothing}
      <h2>${words.second}</h2>
      ${
        asked?.axes
          ? html`<p>${words.sketch}</p>
              ${renderAxes(asked.axes.x, asked.axes.y)}`
          : html`<p>${words.number(asked?.unit ?? '')}</p>`
      }
      <p class="write">${words.why} ${line}</p>
      <h2>${words.third}</h2>
      <p class="write">${line}</p>
      <p class="write">${words.off} ${line}</p>
      <h2>${words.fourth}</h2>
      <p class="write">${line}</p>
      <h2>${words.fifth}</h2>
      <p class="write">${line}</p>
      <h2>
        ${words.sixth} <span class="boxes">${'ABCD'.split('').map((letter) => html`☐ ${letter} `)}</span>
      </h2>
      <p class="write">${line}</p>
    </div>`;
  }
}

function renderTicks({ question }: ForClass): TemplateResult {
  return html`<h2>${words.first}</h2>
    <p>${say(question.asked)}</p>
    <ul class="ticks">
      ${question.options.map((option, i) => html`<li>☐ ${'ABCD'[i]} · ${say(option)}</li>`)}
    </ul>`;
}
