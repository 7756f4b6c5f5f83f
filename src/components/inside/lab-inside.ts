import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../define.ts';
import { LabElement } from '../element.ts';
import { inTens, measured, significant, whole } from '../format.ts';
import { drawingInterval } from '../frame.ts';
import { LabSegments, type SegmentEvent } from '../lab-segments.ts';
import { base, buttons } from '../styles.ts';
import { drawFrame, type Pointing } from './draw.ts';
import { frameAt, type InsidePicture, PlaceEvent } from './picture.ts';
import { strings } from './strings.ts';
import { rowsStyles } from './rows-styles.ts';
import { styles } from './styles.ts';
import { renderTrack } from './track.ts';

/** Frames of the film below a picture. */
const FILM = 6;
/** How long a picture takes from its beginning to its end when it is played, ms. */
const PLAYED_MS = 6000;

/**
 * Pictures of a model's inside, one for each place of a chart's axis. One is shown at a time; the slider moves along the
 * axis together with the chart's cursor.
 *
 * @event {PlaceEvent} lab-place - the reader has moved along the axis
 * @csspart panels - what is drawn
 */
export class LabInside extends LabElement {
  static override styles = [base, buttons, styles, rowsStyles];

  /** The pictures. Replacing the list redraws. */
  @property({ attribute: false }) pictures: readonly InsidePicture[] = [];
  /** The place of the chart that is read; nothing where the last frame is shown. */
  @property({ attribute: false }) at: number | undefined;
  /** What stands below, such as where the run was recorded. */
  @property() caption = '';

  @state() private chosen: string | undefined;
  @state() private marked: string | undefined;
  @state() private playing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    define('lab-segments', LabSegments);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  /** The picture that is shown. */
  get picture(): InsidePicture | undefined {
    return this.pictures.find(({ name }) => name === this.chosen) ?? this.pictures[0];
  }

  /** The frame that is shown. */
  get frame(): number {
    const { picture, at } = this;
    if (!picture) return 0;
    return at === undefined ? picture.at.length - 1 : frameAt(picture.at, at);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Reading the chart meanwhile stops the play.
    if (changed.has('at') && this.playing && this.at !== this.playedAt) this.stop();
  }

  private playedAt: number | undefined;

  protected override render(): TemplateResult {
    const { picture } = this;
    if (!picture) return html`<p class="look">${strings.empty}</p>`;
    const { frame } = this;
    return html`
      <header>
        ${
          this.pictures.length > 1
            ? html`<lab-segments
                bare
                .label=${strings.pictures}
                .options=${this.pictures.map(({ name, title }) => [name, title] as const)}
                .value=${picture.name}
                @lab-segment=${({ value }: SegmentEvent) => this.choose(value)}
              ></lab-segments>`
            : html`<h3>${picture.title}</h3>`
        }
        <p class="look">${picture.look}</p>
      </header>
      ${this.renderPanels(picture, frame)} ${this.renderFilm(picture, frame)}
      <div class="time">
        ${renderTrack(picture, frame)} ${picture.at.length > 1 ? this.renderSlider(picture, frame) : nothing}
      </div>
      ${
        picture.untrained
          ? html`<details>
              <summary>${strings.untrained}</summary>
              <p>${picture.untrained}</p>
            </details>`
          : nothing
      }
      ${this.caption ? html`<p class="caption">${this.caption}</p>` : nothing}
    `;
  }

  private renderPanels(picture: InsidePicture, frame: number): TemplateResult {
    return html`<div class="panels of-${picture.kind}" part="panels">
      ${picture.panels.map(
        ({ name, isControl }, i) =>
          html`<div
            class=${isControl ? 'panel control' : 'panel'}
            role="group"
            aria-label=${this.reading(picture, i, frame)}
          >
            ${drawFrame(picture, i, frame, this.pointing)}
            <p>${name}${this.renderReading(picture, i, frame)}</p>
          </div>`,
      )}
    </div>`;
  }

  private renderReading(
    picture: InsidePicture,
    panel: number,
    frame: number,
  ): TemplateResult | typeof nothing {
    const { reading } = picture.panels[panel]!;
    const value = reading?.values[frame];
    return reading && value !== null && value !== undefined
      ? html`<span>${reading.label} <b>${read(value)}</b></span>`
      : nothing;
  }

  /** A description for screen readers. */
  private reading(picture: InsidePicture, panel: number, frame: number): string {
    const { name, reading } = picture.panels[panel]!;
    const value = reading?.values[frame];
    const place = this.placeOf(picture, frame);
    return value === null || value === undefined
      ? `${name}, ${place}`
      : `${strings.reading(name, reading!.label, read(value))}, ${place}`;
  }

  /** A few frames as thumbnails, to compare and to jump to. */
  private renderFilm(picture: InsidePicture, frame: number): TemplateResult | typeof nothing {
    const last = picture.at.length - 1;
    if (last < FILM || (picture.kind !== 'points' && picture.kind !== 'grid')) return nothing;
    const shown = Array.from({ length: FILM }, (_, i) => Math.round((i * last) / (FILM - 1)));
    const nearest = shown.findLast((i) => i <= frame) ?? 0;
    const pointing = { marked: undefined, mark: () => undefined };
    return html`<div class="film">
      ${shown.map(
        (i) =>
          html`<button
            type="button"
            tabindex="-1"
            aria-label=${strings.jump(this.placeOf(picture, i))}
            aria-pressed=${i === nearest}
            @click=${() => this.go(i)}
          >
            ${picture.panels.slice(0, 2).map((_, panel) => drawFrame(picture, panel, i, pointing, true))}
            <span>${placed(picture.at[i]!)}</span>
          </button>`,
      )}
    </div>`;
  }

  private renderSlider(picture: InsidePicture, frame: number): TemplateResult {
    const readings = picture.panels.map((_, i) => this.reading(picture, i, frame)).join('; ');
    return html`<div class="slider">
      <button
        type="button"
        class="play"
        aria-label=${this.playing ? strings.pause : strings.play}
        @click=${() => (this.playing ? this.stop() : this.play())}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d=${this.playing ? 'M7 5h3v14H7zM14 5h3v14h-3z' : 'M8 5v14l11-7z'} />
        </svg>
      </button>
      <input
        type="range"
        min="0"
        max=${picture.at.length - 1}
        step="1"
        .value=${String(frame)}
        aria-label=${picture.place}
        aria-valuetext=${readings}
        @input=${(event: Event) => {
          this.stop();
          this.go(Number((event.target as HTMLInputElement).value));
        }}
      />
      <output>${strings.of(picture.place, placed(picture.at[frame]!), placed(picture.at.at(-1)!))}</output>
    </div>`;
  }

  private get pointing(): Pointing {
    return { marked: this.marked, mark: (name) => (this.marked = name) };
  }

  private placeOf({ place, at }: InsidePicture, frame: number): string {
    return strings.at(place, placed(at[frame] ?? 0));
  }

  private choose(name: string): void {
    this.stop();
    this.chosen = name;
  }

  private go(frame: number): void {
    const { picture } = this;
    if (!picture) return;
    const at = picture.at[frame];
    this.at = this.playedAt = at;
    this.dispatchEvent(new PlaceEvent(at, picture.name));
  }

  private play(): void {
    const { picture } = this;
    if (!picture) return;
    this.playing = true;
    const last = picture.at.length - 1;
    if (this.frame >= last) this.go(0);
    const next = (): void => {
      const { frame } = this;
      if (frame >= last) {
        this.stop();
        return;
      }
      this.go(frame + 1);
      this.timer = setTimeout(next, Math.max(drawingInterval(), PLAYED_MS / last));
    };
    this.timer = setTimeout(next, Math.max(drawingInterval(), PLAYED_MS / last));
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.playing = false;
  }
}

/** Steps and sizes as they are; compute in powers of ten. */
const placed = (at: number): string => (at < 1e9 ? whole(at) : inTens(at));

/** Counts as they are, shares to two digits. */
const read = (value: number): string =>
  Number.isInteger(value) ? measured(value, 6) : significant(value, 2);

define('lab-inside', LabInside);

declare global {
  interface HTMLElementTagNameMap {
    'lab-inside': LabInside;
  }
}
