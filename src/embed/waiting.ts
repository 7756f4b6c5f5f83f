/**
 * A figure whose answer waits: what is given stands there, and its reader draws on it what they expect. Then the run is
 * trained or the recorded one drawn again in time, and both are compared. Loaded where an author does not say `shown`.
 */
import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import type { ChartFrame, Prediction } from '../components/index.ts';
import type { Findings, Text } from '../findings/findings.ts';
import type { Question } from '../lessons/question.ts';
import type * as Answered from './answered.ts';
import type { LabEventDetails, LabEventName } from './events.ts';
import type * as Pens from './pen.ts';
import type { Geometry } from './poster.ts';
import type { Recorded } from './source.ts';
import type { Still } from './still.ts';
import { waitingStyles } from './waiting-styles.ts';
import { waitingWords } from './waiting-strings.ts';

/** How a lesson asks, as the build leaves it. */
export type AskedOf = Pick<
  Question,
  'kind' | 'figure' | 'hint' | 'from' | 'to' | 'unit' | 'never' | 'replay'
> & {
  frame: ChartFrame;
};

/** Of a recording what is given, and how the rest is asked. */
type Given = Recorded & { asked: AskedOf };

const recordings = import.meta.glob<Given>('../lessons/*/recording.json', {
  import: 'default',
  query: '?waiting',
});

/** The element around it. */
export interface WaitingHost extends Pens.PenHost {
  readonly shadowRoot: ShadowRoot | null;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
  tell<Name extends LabEventName>(name: Name, detail: LabEventDetails[Name]): void;
  /** This is what the figure shows from now on. */
  show(recorded: Recorded): void;
  /** The reader has predicted: what trains by itself may begin. */
  predicted(): void;
  failToLoad(error: unknown): void;
  renderPicture(still: Still): TemplateResult;
  renderRun(still: Still): TemplateResult;
}

export class Waiting {
  /** `waiting` for a prediction; `predicted`, and nothing seen yet; `open`: the answer was seen. */
  stage: 'waiting' | 'predicted' | 'open' = 'waiting';
  prediction: Prediction | undefined;
  readonly asked: AskedOf;

  private after: Answered.After | undefined;
  private own: Findings | undefined;
  private pens: typeof Pens | undefined;
  private pen: Pens.Pen | undefined;
  /** begun before the pen was there, and still under way */
  private stroke: PointerEvent | undefined;
  private coming: Promise<void> | undefined;
  private geometry: Geometry | undefined;

  /** Undefined for a lesson of which nothing is recorded. */
  static async of(host: WaitingHost, lesson: string): Promise<Waiting | undefined> {
    const given = await recordings[`../lessons/${lesson}/recording.json`]?.();
    return given && new Waiting(host, lesson, given);
  }

  private constructor(
    private readonly host: WaitingHost,
    readonly lesson: string,
    readonly given: Given,
  ) {
    this.asked = given.asked;
    this.adopt(waitingStyles);
  }

  get isOpen(): boolean {
    return this.stage === 'open';
  }

  /** What is drawn on the figure of that name. */
  on(figure: string | undefined): Prediction | undefined {
    return this.asked.kind !== 'number' && figure === this.asked.figure ? this.prediction : undefined;
  }

  /** What the axes of the figure of that name show at least, before and after. */
  frameOf(figure: string | undefined): ChartFrame | undefined {
    return figure === this.asked.figure ? this.asked.frame : undefined;
  }

  /** Nothing more is asked: somebody has said that it shall be trained. */
  give(): void {
    if (this.stage === 'waiting') this.enter('predicted');
  }

  /** The reader's own run has ended. */
  finish(findings: Findings | undefined): void {
    this.own = findings;
    void this.open();
  }

  /** The answer is seen. */
  async open(): Promise<void> {
    try {
      const after = await this.load();
      after.stop();
      this.host.show(after.recorded);
      this.enter('open');
    } catch (error) {
      this.host.failToLoad(error);
    }
  }

  private async commit(): Promise<void> {
    try {
      await this.load();
    } catch (error) {
      this.host.failToLoad(error);
      return;
    }
    this.enter('predicted');
    this.host.tell('lab-predicted', { ...this.prediction! });
    this.host.predicted();
  }

  private enter(stage: Waiting['stage']): void {
    const { host } = this;
    this.stage = stage;
    host.requestUpdate();
    // The button that had the focus is gone.
    if (!host.shadowRoot!.activeElement) return;
    void host.updateComplete.then(() => {
      if (!host.shadowRoot!.activeElement)
        host.shadowRoot!.querySelector<HTMLElement>('.bar button')?.focus();
    });
  }

  private async load(): Promise<Answered.After> {
    if (!this.after) {
      const { After, answeredStyles } = await import('./answered.ts');
      this.adopt(answeredStyles);
      this.after ??= await After.of(this.lesson, {
        host: this.host,
        changed: () => this.host.requestUpdate(),
        ended: () => void this.open(),
      });
    }
    return this.after;
  }

  /** The picture that is drawn on, and what is done with it. @param still as it is where no answer waits */
  render(still: Still): TemplateResult {
    const { after, asked } = this;
    const isWaiting = this.stage === 'waiting';
    const draws = isWaiting && asked.kind !== 'number';
    const figures = after?.figures ?? still.figures;
    const comes = (event: Event): void => void this.bringPen(event);
    return html`${isWaiting ? html`<p class="ask">${this.say(asked.hint)}</p>` : nothing}
      <div class="field" @pointerenter=${comes} @pointerdown=${comes}>
        ${this.host.renderPicture({ ...still, figures, asked: draws ? asked : undefined, placed: (geometry) => (this.geometry = geometry) })}
        <div class="ground" ?data-asked=${draws}></div>
      </div>
      <div class="bar" part="bar" @focusin=${comes}>
        ${isWaiting ? this.renderAsking(draws) : this.renderWays(still)}
      </div>
      ${isWaiting ? html`<p class="status" role="status">${this.hint}</p>` : nothing}`;
  }

  /** Beside a chart, on which nothing is drawn: the way to the answer. */
  renderWayOut(): TemplateResult | typeof nothing {
    return this.stage === 'waiting' ? html`<div class="bar">${this.renderShowMe()}</div>` : nothing;
  }

  renderComparison(): TemplateResult | typeof nothing {
    const { prediction, after, own } = this;
    if (!this.isOpen || !prediction || !after) return nothing;
    return after.renderComparison(prediction.points, own);
  }

  /** Puts the pen over the picture, once that is there. */
  place(): void {
    const { pen, host, geometry } = this;
    const { kind, from, to, hint } = this.asked;
    const ground = host.shadowRoot!.querySelector<HTMLElement>('.ground');
    if (!ground || !geometry || kind === 'number') return;
    const asked = this.stage === 'waiting' ? { kind, from, to, hint: this.say(hint) } : undefined;
    pen?.place(ground, geometry, asked, this.prediction);
  }

  private renderAsking(draws: boolean): TemplateResult {
    const { asked, prediction } = this;
    const words = waitingWords(this.host.language);
    const { never } = asked;
    return html`${draws ? nothing : this.renderNumber(words.yourNumber)}
      <button
        class="primary"
        part="primary"
        type="button"
        aria-disabled=${!this.isReady}
        @click=${() => void (this.isReady ? this.commit() : this.draw())}
      >
        ${words.done}
      </button>
      ${
        never
          ? html`<button
              type="button"
              @click=${() => {
                this.prediction = { kind: 'curve', points: never.points };
                void this.commit();
              }}
            >
              ${this.say(never.label)}
            </button>`
          : nothing
      }
      ${prediction ? html`<button type="button" @click=${() => this.clear()}>${words.clear}</button>` : nothing}
      ${this.renderShowMe()}`;
  }

  private renderShowMe(): TemplateResult {
    const words = waitingWords(this.host.language);
    return html`<button type="button" @click=${() => void this.open()}>${words.showMe}</button>`;
  }

  private renderNumber(label: string): TemplateResult {
    const { unit } = this.asked;
    return html`<label class="number"
      >${label}
      <input
        type="number"
        step="any"
        inputmode="decimal"
        .value=${String(this.prediction?.points[0]![1] ?? '')}
        @input=${(event: Event) => {
          const { valueAsNumber: y } = event.target as HTMLInputElement;
          this.prediction = Number.isFinite(y) ? { kind: 'level', points: [[0, y]] } : undefined;
          this.host.requestUpdate();
        }}
      />${unit ? this.say(unit) : nothing}</label
    >`;
  }

  private renderWays(still: Still): unknown {
    const { host, after } = this;
    const run = still.controls.includes('run') ? host.renderRun(still) : nothing;
    return after?.renderWays(run, () => this.clear());
  }

  private say(text: Text): string {
    return text[this.host.language];
  }

  private clear(): void {
    this.prediction = undefined;
    this.enter('waiting');
  }

  private get isReady(): boolean {
    const { prediction } = this;
    return prediction !== undefined && (this.pens?.isDrawn(prediction) ?? this.asked.kind === 'number');
  }

  private get hint(): string {
    const { how, type, further, ready } = waitingWords(this.host.language);
    if (this.isReady) return ready;
    return this.prediction ? further : this.asked.kind === 'number' ? type : how;
  }

  /** What draws is loaded when somebody comes to draw. */
  private async bringPen(event?: Event): Promise<void> {
    if (this.stage !== 'waiting' || this.asked.kind === 'number') return;
    if (this.pen) return;
    if (event?.type === 'pointerdown') {
      this.stroke = event as PointerEvent;
      addEventListener('pointerup', () => (this.stroke = undefined), { once: true });
    }
    this.coming ??= this.loadPen().finally(() => (this.coming = undefined));
    await this.coming;
  }

  private async loadPen(): Promise<void> {
    const { host } = this;
    try {
      this.pens ??= await import('./pen.ts');
    } catch (error) {
      host.failToLoad(error);
      return;
    }
    this.adopt(this.pens.penStyles);
    this.pen = new this.pens.Pen(host, (prediction) => {
      this.prediction = prediction;
      host.requestUpdate();
    });
    host.requestUpdate();
    await host.updateComplete;
    const ground = host.shadowRoot!.querySelector<HTMLElement>('.ground');
    if (this.stroke && ground) this.pen.take(this.stroke, ground);
  }

  /** The keys go to where the prediction is drawn. */
  private async draw(): Promise<void> {
    await this.bringPen();
    this.pen?.focus();
  }

  private adopt({ styleSheet }: CSSResult): void {
    const { adoptedStyleSheets } = this.host.shadowRoot!;
    if (!adoptedStyleSheets.includes(styleSheet!)) adoptedStyleSheets.push(styleSheet!);
  }
}
