import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
// The card stands on a lesson's page: importing that first keeps what both need in one chunk.
import '../lesson/register.ts';
import { define } from '../../components/define.ts';
import { download } from '../../components/download.ts';
import { LabElement } from '../../components/element.ts';
import { base, buttons } from '../../components/styles.ts';
import { ThemeWatch } from '../../components/theme-watch.ts';
import { say } from '../../locales/say.ts';
import { dayOf, seedOfDay } from './day-seed.ts';
import { CARD, drawCard, lookOf } from './draw-card.ts';
import { type Duel, off, type Outcome, played, winner } from './duel.ts';
import { WORDS } from './duel-words.ts';
import { type DuelOf, duelOf } from './page-duel.ts';

/** A duel of predictions between the learner and a law: before it, the seed of the day; after it, a card to save and send. */
export class DuelCard extends LabElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        margin: 16px 0;
      }
      section {
        padding: 20px 24px;
        border: 1px solid var(--lab-line);
        border-radius: var(--lab-radius);
        background: var(--lab-card);
      }
      h2 {
        margin: 0 0 4px;
        font-size: 1.25rem;
      }
      p {
        margin: 0 0 10px;
        color: var(--lab-ink-2);
        text-wrap: pretty;
      }
      canvas {
        display: block;
        width: 100%;
        height: auto;
        border: 1px solid var(--lab-line);
        border-radius: 8px;
      }
      .primary {
        min-height: 44px;
        padding: 0 20px;
        border: 0;
        border-radius: 99px;
        background: var(--lab-accent);
        color: var(--lab-accent-ink);
        font-weight: 600;
        font-size: 0.9375rem;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        margin: 12px 0 0;
      }
      .row p {
        margin: 0;
      }
      .link {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** The page on which it is played. */
  @property({ attribute: false }) of: DuelOf | undefined;
  /** The question of the lesson. */
  @property() question = '';

  @state() private status = '';
  @state() private link = '';
  @state() private isStarting = false;
  @query('canvas') private canvas!: HTMLCanvasElement | null;
  /** what the card was drawn of, so that it is not drawn again for nothing */
  private drawn = '';

  /** What is played. */
  get duel(): Duel | undefined {
    return this.of && duelOf(this.of);
  }

  constructor() {
    super();
    new ThemeWatch(this, () => {
      this.drawn = '';
      this.requestUpdate();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { outcome } = this.duel ?? {};
    if (changed.has('of') && !outcome) this.status = this.link = '';
    if (outcome) void this.draw(outcome).catch((error: unknown) => this.fail(error));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { duel } = this;
    if (!duel) return nothing;
    return html`<section aria-labelledby="duel">
      <h2 id="duel">${say(WORDS.heading)}</h2>
      ${duel.outcome ? this.renderOutcome(duel.outcome) : html`<p>${say(WORDS.what)}</p>`}
      ${this.renderDay(duel)}
    </section>`;
  }

  private renderOutcome(outcome: Outcome): TemplateResult {
    return html`<p>${this.sentence(outcome)}</p>
      <canvas
        role="img"
        aria-label=${`${say(WORDS.heading)}: ${this.sentence(outcome)}`}
        width=${CARD.width}
        height=${CARD.height}
      ></canvas>
      <div class="row">
        <button class="primary" type="button" @click=${() => this.save()}>${say(WORDS.save)}</button>
        <button class="small" type="button" @click=${() => void this.copy()}>${say(WORDS.copy)}</button>
        <p role="status">${this.status}</p>
      </div>
      ${this.link ? html`<p class="link">${this.link}</p>` : nothing}`;
  }

  private renderDay(duel: Duel): TemplateResult {
    const day = dayOf(new Date());
    const seed = seedOfDay(day);
    return html`<div class="row">
      <p><b>${say(WORDS.day(day))}${seed}</b> · ${say(WORDS.same)}</p>
      ${
        duel.seed === seed
          ? html`<p>${say(WORDS.isPlayed)}</p>`
          : html`<button
              class="small"
              type="button"
              ?disabled=${duel.isBusy || this.isStarting}
              @click=${() => void this.play(seed)}
            >
              ${say(WORDS.play)}
            </button>`
      }
    </div>`;
  }

  private sentence(outcome: Outcome): string {
    const { said, rival, got } = outcome;
    const numbers = WORDS.sentence(
      played(said),
      off(said, got),
      played(rival.said),
      off(rival.said, got),
      played(got),
    );
    return `${say(numbers)} ${say(WORDS.ends[winner(outcome)])}`;
  }

  private async play(seed: number): Promise<void> {
    this.isStarting = true;
    try {
      await this.duel?.play(seed);
    } catch (error) {
      console.warn(error);
      this.status = say(WORDS.notPlayed);
    }
    this.isStarting = false;
  }

  private async draw(outcome: Outcome): Promise<void> {
    const { duel, canvas } = this;
    if (!duel || !canvas) return;
    const seed = this.seedInWords(duel.seed);
    const needed = JSON.stringify([outcome, seed, this.question, say(WORDS.heading)]);
    if (needed === this.drawn) return;
    this.drawn = needed;
    const [link, { qrSquares }] = await Promise.all([duel.link(), import('../../class/qr.ts')]);
    const squares = qrSquares(link);
    drawCard(canvas, { outcome, title: this.question, seed, squares }, lookOf(this, canvas));
  }

  private seedInWords(seed: number): string {
    const day = dayOf(new Date());
    return say(seed === seedOfDay(day) ? WORDS.seedOf(seed, day) : WORDS.seed(seed));
  }

  private save(): void {
    this.canvas?.toBlob((blob) => {
      if (blob) download(`scaling-lab-${this.duel?.seed}.png`, blob);
      else this.fail(new Error('The picture could not be made.'));
    });
  }

  private async copy(): Promise<void> {
    try {
      const link = await this.duel!.link();
      try {
        await navigator.clipboard.writeText(link);
        this.status = say(WORDS.copied);
      } catch {
        this.status = say(WORDS.byHand);
        this.link = link;
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    console.warn(error);
    this.drawn = '';
    this.status = say(WORDS.notMade);
  }
}

define('duel-card', DuelCard);
