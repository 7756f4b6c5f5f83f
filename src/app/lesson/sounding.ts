/** The sound of a lesson: the losses of a run while it trains, and curves, point by point or from end to end. */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { drawingInterval } from '../../components/index.ts';
import { Voices } from '../../components/voices.ts';
import { chordAt, chordOf, isAtFloor, placesOf } from '../../figures/pitch.ts';
import { text } from '../../lessons/shared/text.ts';
import { say } from '../../locales/say.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';

const WORDS = {
  hear: text('Hear the curves', '听曲线'),
  stop: text('Stop', '停止'),
  help: text(
    'Pitch is the loss, replicas are a chord, a bell is the floor. Arrow keys on the chart play its points.',
    '音高是损失，各个副本合成和弦，钟声是下限。在图上按方向键可以逐点听。',
  ),
};

/** How long a curve takes to play, ms. */
const WHOLE_MS = 5000;
const NOTE_SECONDS = 0.3;

export interface SoundOf {
  /** the figure on the chart, once its answer may be seen */
  figure: () => Figure | undefined;
  run: () => ExperimentRun;
  /** shows the place on the chart, and what follows the chart */
  read: (at: number) => void;
}

export class Sounding implements ReactiveController {
  private readonly voices = new Voices();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** key of the last run whose bell has rung */
  private rung: string | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: SoundOf,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.follow();
  }

  render(): TemplateResult {
    return html`${
        this.of.figure()
          ? html`<button class="quiet" type="button" @click=${() => this.playAll()}>
              ${say(this.timer === undefined ? WORDS.hear : WORDS.stop)}
            </button>`
          : nothing
      }
      <p class="caption">${say(WORDS.help)}</p>`;
  }

  /** The reader is at this place of the chart. */
  read(at: number | undefined): void {
    const figure = this.of.figure();
    if (!figure || at === undefined) return;
    const places = placesOf(figure);
    const side = (2 * places.indexOf(at)) / Math.max(1, places.length - 1) - 1;
    this.voices.strike(chordAt(figure, at), Math.max(-1, side), NOTE_SECONDS);
  }

  /** Silence, for good. */
  end(): void {
    this.host.removeController(this);
    clearTimeout(this.timer);
    this.voices.close();
  }

  /** Holds the chord of the losses while a run trains, and rings a bell when it reaches the floor. */
  private follow(): void {
    const run = this.of.run();
    const { key, result } = (run.phase === 'running' ? run.underWay : undefined) ?? {};
    const losses = result?.losses.values ?? [];
    this.voices.hold(chordOf(losses, result?.floor));
    if (key === undefined || key === this.rung || !isAtFloor(losses, result?.floor)) return;
    this.rung = key;
    this.voices.ring();
  }

  /** Plays the curves from the first place to the last and moves the chart along; stops where that goes on already. */
  private playAll(): void {
    const figure = this.of.figure();
    clearTimeout(this.timer);
    if (this.timer !== undefined || !figure) this.timer = undefined;
    else {
      const places = placesOf(figure);
      const every = Math.max(drawingInterval(), WHOLE_MS / places.length);
      this.playFrom(0, places, every, Math.max(1, Math.ceil((places.length * every) / WHOLE_MS)));
    }
    this.host.requestUpdate();
  }

  /** @param every ms between two places @param stride how many places to go on each time */
  private playFrom(i: number, places: readonly number[], every: number, stride: number): void {
    const at = places[i];
    if (at === undefined) {
      this.timer = undefined;
      this.host.requestUpdate();
      return;
    }
    this.of.read(at);
    this.read(at);
    this.timer = setTimeout(() => this.playFrom(i + stride, places, every, stride), every);
  }
}
