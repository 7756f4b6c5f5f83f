/** A lesson by ear, for whoever turns it on: its runs as they train, and its curves, point by point or from end to end. */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { drawingInterval } from '../../components/index.ts';
import type { Voices } from '../../components/voices.ts';
import type * as Pitch from '../../figures/pitch.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';
import { strings } from './lesson-strings.ts';

export interface SoundOf {
  /** the one on the chart */
  figure: () => Figure | undefined;
  run: () => ExperimentRun;
  /** the chart reads there, and what goes along with it */
  read: (at: number) => void;
}

/** A curve from end to end, ms. */
const WHOLE_MS = 5000;
const NOTE_SECONDS = 0.3;

export class LessonSound implements ReactiveController {
  private on: { voices: Voices; pitch: typeof Pitch } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** of the run whose bell was struck */
  private rung: string | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: SoundOf,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.silence();
  }

  hostUpdated(): void {
    this.follow();
  }

  render(): TemplateResult {
    const words = strings.sound;
    return html`<button
        class="quiet"
        type="button"
        aria-pressed=${this.on !== undefined}
        title=${words.help}
        @click=${() => void this.toggle()}
      >
        ${words.sound}
      </button>
      ${
        this.on && this.of.figure()
          ? html`<button class="quiet" type="button" @click=${() => this.playAll()}>
              ${this.timer === undefined ? words.hear : words.stop}
            </button>`
          : nothing
      }`;
  }

  /** The reader is at this place of the chart. */
  read(at: number | undefined): void {
    const figure = this.of.figure();
    if (!this.on || !figure || at === undefined) return;
    const places = this.on.pitch.placesOf(figure);
    const side = (2 * places.indexOf(at)) / Math.max(1, places.length - 1) - 1;
    this.on.voices.strike(this.on.pitch.chordAt(figure, at), Math.max(-1, side), NOTE_SECONDS);
  }

  private async toggle(): Promise<void> {
    if (this.on) this.silence();
    else {
      const [{ Voices }, pitch] = await Promise.all([
        import('../../components/voices.ts'),
        import('../../figures/pitch.ts'),
      ]);
      this.on ??= { voices: new Voices(), pitch };
      this.follow();
    }
    this.host.requestUpdate();
  }

  private silence(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.on?.voices.close();
    this.on = undefined;
  }

  /** What trains is heard as it is now; what does not train is silent. */
  private follow(): void {
    if (!this.on) return;
    const { voices, pitch } = this.on;
    const run = this.of.run();
    const { key, result } = (run.phase === 'running' ? run.underWay : undefined) ?? {};
    const losses = result?.losses.values ?? [];
    voices.hold(pitch.chordOf(losses, result?.floor));
    if (key === undefined || key === this.rung || !pitch.isAtFloor(losses, result?.floor)) return;
    this.rung = key;
    voices.ring();
  }

  /** From the first place to the last, the chart with it; or no longer. */
  private playAll(): void {
    const figure = this.of.figure();
    if (this.timer !== undefined || !this.on || !figure) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.host.requestUpdate();
      return;
    }
    const places = this.on.pitch.placesOf(figure);
    const every = Math.max(drawingInterval(), WHOLE_MS / places.length);
    const stride = Math.max(1, Math.ceil((places.length * every) / WHOLE_MS));
    const next = (i: number): void => {
      const at = places[i];
      this.timer = at === undefined ? undefined : setTimeout(() => next(i + stride), every);
      if (at === undefined) this.host.requestUpdate();
      else {
        this.of.read(at);
        this.read(at);
      }
    };
    next(0);
    this.host.requestUpdate();
  }
}
