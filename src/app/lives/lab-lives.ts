import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../components/inside/lab-inside.ts';
// Whoever has seen the wall goes on to a lesson; and what both need stays in one file.
import '../lesson/register.ts';
import { PageElement } from '../../components/element.ts';
import { duration } from '../../components/format.ts';
import { saidPicture } from '../../figures/picture.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../findings/findings.ts';
import type { Picture } from '../../findings/pictures.ts';
import { greenOf, sumsOf, wallOf } from '../../lessons/emergence-by-size/lives.ts';
import { SEEDS, WIDTHS } from '../../lessons/emergence-by-size/wall.ts';
import { FIRST_SEED } from '../../lessons/seed.ts';
import type { Lab, RunResult } from '../../worker/protocol.ts';
import { renderProblem } from '../runs/problem.ts';
import { LivesRun } from './lives-run.ts';
import { WORDS } from './lives-words.ts';

/** A wall of small models that learn to add side by side, each tile the answer of one. It trains as soon as it is there. */
export class LabLives extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** How many of how many tiles the reader thinks will turn green. */
  @property({ attribute: false }) guess: { green: number; of: number } | undefined;

  /** which of the sums */
  @state() private asked = 0;
  private seed = FIRST_SEED;
  private readonly lives = new LivesRun(this, () => this.lab);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.lives.start(this.seed);
  }

  protected override render(): TemplateResult {
    const { run, results } = this.lives;
    const wall = results.length === WIDTHS.length ? wallOf(results, this.asked) : undefined;
    const isOver = run.phase === 'finished';
    return html`${wall ? html`<lab-inside .pictures=${[saidPicture(wall)]}></lab-inside>` : nothing}
      ${isOver ? nothing : html`<progress max="1" .value=${run.progress?.share ?? 0} aria-label=${this.status}></progress>`}
      <div class="lives-row">
        <span>${isOver ? nothing : this.status}</span>
        ${wall ? this.renderAsked(results) : nothing} ${this.renderButton()}
      </div>
      ${renderProblem(run.problem, () => void this.lives.start(this.seed))} ${this.renderFewer()}
      ${isOver && wall ? this.renderEnd(wall) : nothing}`;
  }

  /** Another sum is asked of the same models. */
  private renderAsked(results: readonly RunResult[]): TemplateResult {
    return html`<label
      >${say(WORDS.asked)}
      <select @change=${(event: Event) => (this.asked = Number((event.target as HTMLSelectElement).value))}>
        ${sumsOf(results).map(({ a, b }, i) => html`<option value=${i}>${a} + ${b}</option>`)}
      </select></label
    >`;
  }

  private renderButton(): TemplateResult | typeof nothing {
    const { run } = this.lives;
    const button = (label: Text, press: () => void): TemplateResult =>
      html`<button class="pill" type="button" @click=${press}>${say(label)}</button>`;
    switch (run.phase) {
      case 'running':
        return button(WORDS.pause, () => run.pause());
      case 'paused':
        return button(WORDS.goOn, () => run.run());
      case 'finished':
        return button(WORDS.again, () => void this.lives.start((this.seed += SEEDS)));
      default:
        return nothing;
    }
  }

  private get status(): string {
    const { run, models } = this.lives;
    const { progress } = run;
    if (!progress) return say(WORDS.preparing);
    const where = say(WORDS.running(progress.step, run.steps, models));
    return run.phase === 'running' ? where + say(WORDS.left(duration(progress.secondsLeft))) : where;
  }

  private renderFewer(): TemplateResult | typeof nothing {
    const { seeds, secondsOfAll } = this.lives;
    return secondsOfAll === undefined
      ? nothing
      : html`<p class="caption">${say(WORDS.fewer(seeds, SEEDS, duration(secondsOfAll)))}</p>`;
  }

  /** What came, beside what was said: as the same share where fewer were trained. */
  private renderEnd(wall: Picture): TemplateResult {
    const { green, of } = greenOf(wall);
    const { guess } = this;
    return html`<p class="lives-end" role="status">
      ${
        guess
          ? html`${say(WORDS.said(guess.green, guess.of))}
            ${guess.of === of ? nothing : say(WORDS.scaled(Math.round((guess.green * of) / guess.of), of))}`
          : nothing
      } <b>${say(WORDS.came(green, of))}</b> ${say(WORDS.corn)}
    </p>`;
  }
}

customElements.define('lab-lives', LabLives);
