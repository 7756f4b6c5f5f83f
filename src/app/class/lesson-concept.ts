import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { say } from '../../locales/say.ts';
import type { ConceptQuestion } from '../../lessons/for-class.ts';
import { type ConceptAnswers, loadAnswers, saveAnswers } from './concept-store.ts';
import { GIVEN } from './given.ts';
import { strings } from '../lesson/lesson-strings.ts';
import { lessonWords as words } from './lesson-words.ts';
import { storedMember } from './stored-member.ts';

/** A lesson's question of four options: asked before the prediction, and once more when there is a result. */
export class LessonConcept extends PageElement {
  /** The lesson. */
  @property() lesson = '';
  /** It is asked once it is there. */
  @property({ attribute: false }) question: ConceptQuestion | undefined;
  /** Which of the two times this is. */
  @property() when: 'before' | 'after' = 'before';
  /** It was opened before this element was there. */
  @property({ type: Boolean }) opened = false;

  @state() private answers: ConceptAnswers = {};
  /** before it is given */
  @state() private chosen: number | undefined;
  private readonly isInClass = Boolean(storedMember()?.class);

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('lesson')) return;
    this.answers = loadAnswers(this.lesson);
  }

  /** Where one presses to open it. */
  override focus(): void {
    void this.updateComplete.then(() => this.querySelector('summary')?.focus());
  }

  protected override render(): TemplateResult | typeof nothing {
    const { question, when } = this;
    if (!question) return nothing;
    if (when === 'before') return this.renderBefore(question);
    return this.answers.after === undefined ? this.renderAfter(question) : this.renderBoth(question);
  }

  /** A line where nobody is in a class; it can be changed as long as it was not asked again. */
  private renderBefore(question: ConceptQuestion): TemplateResult {
    const { before, after } = this.answers;
    return html`<details class="concept" ?open=${this.opened || (this.isInClass && after === undefined)}>
      <summary>
        ${strings.conceptBefore}
        ${before === undefined ? nothing : html`<b>${say(question.options[before]!)}</b>`}
      </summary>
      ${this.renderChoices(question, before, (answer) => this.answer(answer))}
      <p class="hint" role="status">${before === undefined ? nothing : words.kept}</p>
    </details>`;
  }

  private renderAfter(question: ConceptQuestion): TemplateResult {
    return html`<form
      class="concept"
      @submit=${(event: Event) => {
        event.preventDefault();
        if (this.chosen !== undefined) this.answer(this.chosen);
      }}
    >
      ${this.renderChoices(question, this.chosen, (answer) => (this.chosen = answer))}
      <button class="pill" type="submit" ?disabled=${this.chosen === undefined}>${words.submit}</button>
    </form>`;
  }

  private renderChoices(
    { asked, options }: ConceptQuestion,
    chosen: number | undefined,
    choose: (answer: number) => void,
  ): TemplateResult {
    return html`<fieldset>
      <legend>
        <span>${this.when === 'before' ? strings.conceptBefore : words.after}</span> ${say(asked)}
      </legend>
      ${options.map(
        (option, i) =>
          html`<label
            ><input
              type="radio"
              name="concept-${this.when}"
              .checked=${i === chosen}
              @change=${() => choose(i)}
            />
            ${say(option)}</label
          >`,
      )}
    </fieldset>`;
  }

  private renderBoth({ asked, options, right, because }: ConceptQuestion): TemplateResult {
    const { before, after } = this.answers;
    const said = (answer: number | undefined): string =>
      answer === undefined ? words.none : say(options[answer]!);
    return html`<div class="concept both">
      <p>${say(asked)}</p>
      <dl>
        <dt>${words.was}</dt>
        <dd data-right=${before === right}>${said(before)}</dd>
        <dt>${words.is}</dt>
        <dd data-right=${after === right}>${said(after)}</dd>
        <dt>${words.right}</dt>
        <dd data-right="true">${say(options[right])}</dd>
      </dl>
      <p>${say(because)}</p>
    </div>`;
  }

  private answer(answer: number): void {
    // The other time may have been answered meanwhile, in another place of the page.
    this.answers = { ...loadAnswers(this.lesson), [this.when]: answer };
    saveAnswers(this.lesson, this.answers);
    this.dispatchEvent(new Event(GIVEN, { bubbles: true }));
  }
}
