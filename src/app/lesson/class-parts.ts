/**
 * What a lesson's page has for classes: a multiple-choice question before the prediction and again at the end, and the
 * buttons that give the result to a class. They are loaded for learners who are in a class, have answered the question,
 * have opened it, or have finished a run.
 */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { Prediction } from '../../components/index.ts';
import type { ConceptQuestion } from '../../lessons/for-class.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { loadAnswers } from '../class/concept-store.ts';
import { storedMember } from '../class/stored-member.ts';
import { strings } from './lesson-strings.ts';

export class ClassParts implements ReactiveController {
  private state: 'unasked' | 'coming' | 'there' | 'missing' = 'unasked';
  private opened = false;
  private question: ConceptQuestion | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lesson: () => string,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    if (storedMember()?.class || Object.values(loadAnswers(this.lesson())).some(isGiven)) this.load();
  }

  renderBefore(): TemplateResult {
    if (this.state === 'there')
      return html`<lesson-concept
        .lesson=${this.lesson()}
        .question=${this.question}
        .opened=${this.opened}
      ></lesson-concept>`;
    return html`<details class="concept" @toggle=${this.onToggle}>
      <summary>${strings.conceptBefore}</summary>
      ${this.state === 'missing' ? html`<p role="alert">${strings.conceptMissing}</p>` : nothing}
    </details>`;
  }

  /**
   * @param isOver the lesson's run is over, so the question is asked again
   * @param run the learner's; undefined where none has ended
   */
  renderAfter(
    isOver: boolean,
    run: KeptRun | undefined,
    prediction: Prediction | undefined,
  ): TemplateResult | typeof nothing {
    // In a live class the prediction is sent before there is a run.
    if (!isOver)
      return storedMember()?.token ? html`<lesson-give .prediction=${prediction}></lesson-give>` : nothing;
    if (this.state === 'unasked') this.load();
    return html`<lesson-concept
        .lesson=${this.lesson()}
        .question=${this.question}
        when="after"
      ></lesson-concept>
      <lesson-give .run=${run} .prediction=${prediction}></lesson-give>`;
  }

  private readonly onToggle = ({ target }: Event): void => {
    this.opened = (target as HTMLDetailsElement).open;
    if (this.opened) this.load();
  };

  /** Without them the lesson works, too: a failure is only said. */
  private load(): void {
    if (this.state === 'coming' || this.state === 'there') return;
    this.state = 'coming';
    void this.loadParts();
  }

  private async loadParts(): Promise<void> {
    try {
      const { forClassOf } = await import('../class/lesson-parts.ts');
      this.question = (await forClassOf(this.lesson()))?.question;
      this.state = 'there';
    } catch (error) {
      console.warn(error);
      this.state = 'missing';
    }
    const hadFocus = document.activeElement?.closest('details.concept') instanceof Element;
    this.host.requestUpdate();
    if (!hadFocus) return;
    await this.host.updateComplete;
    document.querySelector<HTMLElement>('lesson-concept, details.concept summary')?.focus();
  }
}

const isGiven = (answer: number | undefined): boolean => answer !== undefined;
