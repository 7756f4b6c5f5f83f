/** After the prediction: the recorded run, drawn again in time, and what came out held against what was expected. */
import { html, nothing, type TemplateResult } from 'lit';
import { comparisonSentence } from '../figures/comparison.ts';
import type { Figure, Findings } from '../findings/findings.ts';
import type { Points, Question } from '../lessons/question.ts';
import { replayed } from '../lessons/replay.ts';
import { compare } from '../lessons/score.ts';
import { answeredStyles } from './answered-styles.ts';
import { answeredWords } from './answered-strings.ts';
import type { PenHost } from './pen.ts';
import { loadLesson, loadRecording, type Recorded } from './source.ts';

export { answeredStyles };

/** How long a replay takes from beginning to end, ms. */
const DURATION = 8000;

interface Listener {
  host: PenHost;
  changed(): void;
  /** it was seen to its end */
  ended(): void;
}

export class After {
  /** of the whole, 0 … 1; undefined while nothing is replayed */
  private share: number | undefined;
  private frame = 0;
  private last = 0;

  static async of(lesson: string, listener: Listener): Promise<After> {
    const [recorded, { question }] = await Promise.all([loadRecording(lesson), loadLesson(lesson)]);
    return new After(recorded!, question, listener);
  }

  private constructor(
    readonly recorded: Recorded,
    private readonly question: Question,
    private readonly listener: Listener,
  ) {}

  /** The recorded figure as it stood at the moment of the replay. */
  get figures(): Figure[] | undefined {
    const { figure, replay = 'x' } = this.question;
    if (this.share === undefined) return undefined;
    const found = this.recorded.findings.figures.find(({ name }) => name === figure);
    return found && [replayed(found, this.share, replay)];
  }

  renderComparison(predicted: Points, own: Findings | undefined): TemplateResult | typeof nothing {
    const compared = compare(this.question, predicted, own ?? this.recorded.findings);
    if (!compared) return nothing;
    const { host } = this.listener;
    const { language } = host;
    const { unit } = this.question;
    const words = answeredWords(language);
    return html`<p class="against" role="status">
      ${comparisonSentence(compared, unit?.[language] ?? '', own !== undefined, words, (value, digits) => host.written(value, digits))}
      <b>${words.score(compared.points)}</b>
    </p>`;
  }

  /** From the beginning, or on from where it was held; at once to the end where motion is not wanted. */
  play(): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (this.share === undefined && isStill) {
      this.listener.ended();
      return;
    }
    this.share ??= 0;
    this.last = performance.now();
    this.next();
    this.listener.changed();
  }

  hold(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.listener.changed();
  }

  /** The replay is over, seen to its end or not. */
  stop(): void {
    this.hold();
    this.share = undefined;
  }

  /** The prediction stands: two equal ways on. @param run the button that trains */
  renderWays(run: TemplateResult | typeof nothing, change: () => void): TemplateResult {
    if (this.share !== undefined) return this.renderReplay();
    const words = answeredWords(this.listener.host.language);
    return html`${run}
      <button type="button" @click=${() => this.play()}>${words.replay}</button>
      <button type="button" @click=${() => this.listener.ended()}>${words.showMe}</button>
      <button type="button" @click=${change}>${words.change}</button>`;
  }

  private renderReplay(): TemplateResult {
    const { play, hold, moment } = answeredWords(this.listener.host.language);
    const isPlaying = this.frame !== 0;
    return html`<button type="button" @click=${() => (isPlaying ? this.hold() : this.play())}>
        ${isPlaying ? hold : play}
      </button>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        aria-label=${moment}
        .valueAsNumber=${this.share ?? 1}
        @input=${(event: Event) => {
          this.hold();
          this.seek((event.target as HTMLInputElement).valueAsNumber);
        }}
      />`;
  }

  private seek(share: number): void {
    this.share = Math.min(1, share);
    if (this.share === 1) this.listener.ended();
    this.listener.changed();
  }

  private next(): void {
    this.frame = requestAnimationFrame((time) => {
      const passed = Math.max(0, time - this.last);
      this.last = time;
      this.seek(this.share! + passed / DURATION);
      if (this.share !== undefined && this.share < 1) this.next();
    });
  }
}
