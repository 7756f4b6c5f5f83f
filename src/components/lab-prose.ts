import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { PageElement } from './element.ts';
import { holds, parseCondition } from './condition.ts';
import { people } from './people.ts';
import { strings as views } from './view-strings.ts';

/** A word of the text points at a moment of the run. */
export class MarkEvent extends Event {
  static readonly type = 'lab-mark';
  constructor(readonly mark: string) {
    super(MarkEvent.type, { bubbles: true, composed: true });
  }
}

/** A word of the text changes settings, by path. */
export class TryEvent extends Event {
  static readonly type = 'lab-try';
  constructor(readonly changes: Readonly<Record<string, unknown>>) {
    super(TryEvent.type, { bubbles: true, composed: true });
  }
}

/** An answer was chosen; `right` is undefined while the learner's run has not given the numbers. */
export class AnswerEvent extends Event {
  static readonly type = 'lab-answer';
  constructor(readonly right: boolean | undefined) {
    super(AnswerEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * Text of a lesson as the build has made it (build/prose): words that act, numbers of the learner's own run, and
 * questions that this run answers. Renders into the page itself, whose style sheet it uses.
 *
 * @event {MarkEvent} lab-mark - a word that points at a moment of the run was pressed
 * @event {TryEvent} lab-try - a preset was pressed
 * @event {AnswerEvent} lab-answer - an answer was chosen
 */
export class LabProse extends PageElement {
  /** HTML made at build time; nothing else may come here. */
  @property({ attribute: false }) html = '';
  /** Numbers of the learner's run, by name. */
  @property({ attribute: false }) numbers: Readonly<Record<string, number>> = {};
  /** Numbers of the experiment as it is planned, by name. */
  @property({ attribute: false }) designed: Readonly<Record<string, number>> = {};
  /** The moment that the figure shows now. */
  @property() mark: string | undefined;

  constructor() {
    super();
    this.addEventListener('click', (event) => this.onClick(event));
    this.addEventListener('change', () => {
      this.judge();
      this.dispatchEvent(new AnswerEvent(this.chosenIsRight()));
    });
  }

  protected override render(): TemplateResult {
    return html`${unsafeHTML(this.html)}`;
  }

  protected override updated(): void {
    for (const value of this.all('[data-value][data-digits]')) this.fill(value);
    for (const button of this.all('[data-mark]')) {
      button.setAttribute('aria-pressed', String(button.dataset.mark === this.mark));
    }
    for (const group of this.all('.answers')) {
      group.setAttribute('aria-label', views.answers);
    }
    this.judge();
  }

  /** Once the learner's run has given numbers, a number that it lacks is a dash, so that numbers of two runs are never mixed. */
  private fill(value: HTMLElement): void {
    const name = value.dataset.value!;
    const planned = this.designed[name];
    const isOwn = Object.keys(this.numbers).length > 0;
    const number = planned ?? this.numbers[name];
    value.dataset.fallback ??= value.textContent;
    value.toggleAttribute('data-own', isOwn);
    value.title = isOwn && number === undefined ? views.notInRun : '';
    const isKnown = isOwn || planned !== undefined;
    const text = isKnown ? people(number, Number(value.dataset.digits)) : value.dataset.fallback;
    if (value.textContent !== text) value.textContent = text;
  }

  private all(selector: string): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(selector)];
  }

  private onClick(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>('[data-mark], [data-try]');
    if (!button) return;
    const { mark, try: changes } = button.dataset;
    if (mark !== undefined) this.dispatchEvent(new MarkEvent(mark));
    if (changes !== undefined)
      this.dispatchEvent(new TryEvent(JSON.parse(changes) as Record<string, unknown>));
  }

  /** Shows the reason once an answer is chosen, and which answer the numbers support. */
  private judge(): void {
    for (const quiz of this.all('.quiz')) {
      const labels = [...quiz.querySelectorAll<HTMLElement>('label[data-when]')];
      const chosen = labels.find((label) => label.querySelector('input')!.checked);
      const reason = quiz.querySelector<HTMLElement>('.reason')!;
      reason.hidden = !chosen;
      if (!chosen) continue;
      for (const label of labels) {
        const right = this.isRight(label);
        label.dataset.state = right ? 'right' : right === false && label === chosen ? 'wrong' : '';
      }
      const right = this.isRight(chosen);
      let note = reason.querySelector<HTMLElement>('.note');
      if (!note) {
        note = document.createElement('p');
        note.className = 'note';
        note.setAttribute('role', 'status');
        reason.prepend(note);
      }
      note.textContent =
        right === undefined ? views.answerOpen : right ? views.answerRight : views.answerWrong;
    }
  }

  private chosenIsRight(): boolean | undefined {
    const chosen = this.all('label[data-when]').find((label) => label.querySelector('input')!.checked);
    return chosen && this.isRight(chosen);
  }

  private isRight(label: HTMLElement): boolean | undefined {
    return holds(parseCondition(label.dataset.when!), this.numbers);
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-mark': MarkEvent;
    'lab-try': TryEvent;
    'lab-answer': AnswerEvent;
  }
}
