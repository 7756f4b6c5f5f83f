import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import type { Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { GIVEN, isChanged } from './given.ts';
import { lessonWords as words } from './lesson-words.ts';

/** What can be done with a finished run in a class: given as a link, as a file, as a QR code. */
export class LessonGive extends PageElement {
  /** The run of the learner; nothing where none has ended. */
  @property({ attribute: false }) run: KeptRun | undefined;
  /** What the learner had predicted. */
  @property({ attribute: false }) prediction: Prediction | undefined;

  @state() private given: TemplateResult | undefined;
  @state() private problem = '';

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('run') || changes.has('prediction')) this.given = undefined;
  }

  /** Who is in a live class sends it without being asked (live/on-lesson.ts). */
  protected override updated(): void {
    this.dispatchEvent(new Event(GIVEN, { bubbles: true }));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { run, given, problem } = this;
    if (!run) return nothing;
    if (isChanged(run)) return html`<p class="hint">${words.changed}</p>`;
    return html`<p>
        <button
          class="pill"
          type="button"
          aria-expanded=${given !== undefined}
          @click=${() => (given ? (this.given = undefined) : void this.give(run))}
        >
          ${given ? words.hide : words.give}
        </button>
      </p>
      ${problem ? html`<p role="alert">${words.failed(problem)}</p>` : nothing} ${given}`;
  }

  private async give(run: KeptRun): Promise<void> {
    this.problem = '';
    try {
      const { linkOf, renderGiven } = await import('./give-panel.ts');
      const link = await linkOf(run, this.prediction);
      if (link !== undefined) this.given = renderGiven(link, run.lesson);
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }
}
