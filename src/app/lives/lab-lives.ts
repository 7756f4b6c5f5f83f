import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../components/inside/lab-inside.ts';
// Readers go on from the wall to a lesson: importing that first keeps what both need in one chunk.
import '../lesson/register.ts';
import { PageElement } from '../../components/element.ts';
import { saidPicture } from '../../figures/picture.ts';
import { wallOf } from '../../lessons/emergence-by-size/lives.ts';
import { SEEDS, WIDTHS } from '../../lessons/emergence-by-size/wall.ts';
import { FIRST_SEED } from '../../lessons/seed.ts';
import type { Lab } from '../../worker/protocol.ts';
import { renderProblem } from '../runs/problem.ts';
import { type Guess, renderEnd, renderFewer, renderRow, statusOf } from './lives-row.ts';
import { LivesRun } from './lives-run.ts';

/** A wall of small models that learn to add side by side, each tile the answer of one. It trains as soon as it is there. */
export class LabLives extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** How many of how many tiles the reader thinks will turn green. */
  @property({ attribute: false }) guess: Guess | undefined;

  /** which of the sums */
  @state() private asked = 0;
  private seed = FIRST_SEED;
  private readonly lives = new LivesRun(this, () => this.lab);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.lives.start(this.seed);
  }

  protected override render(): TemplateResult {
    const { lives } = this;
    const { run, results } = lives;
    const wall = results.length === WIDTHS.length ? wallOf(results, this.asked) : undefined;
    const isOver = run.phase === 'finished';
    const train = (): void => void lives.start(this.seed);
    const again = (): void => {
      this.seed += SEEDS;
      train();
    };
    return html`${wall ? html`<lab-inside .pictures=${[saidPicture(wall)]}></lab-inside>` : nothing}
    ${isOver ? nothing : html`<progress max="1" .value=${run.progress?.share ?? 0} aria-label=${statusOf(lives)}></progress>`}
    ${renderRow(lives, wall, { ask: (sum) => (this.asked = sum), again })}
    ${renderProblem(run.problem, train)} ${renderFewer(lives)}
    ${isOver && wall ? renderEnd(wall, this.guess) : nothing}`;
  }
}

customElements.define('lab-lives', LabLives);
