/** The figure once a reader wants more than to look: a chart that is read point by point, and a bar that trains. */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { renderFigure } from '../figures/figure.ts';
import { LabChart } from '../components/chart/index.ts';
import { define } from '../components/define.ts';
import type { ChartFrame, CommandEvent, Prediction, ReadEvent } from '../components/index.ts';
import { LabPlanBar } from '../components/lab-plan-bar.ts';
import { LabSegments } from '../components/lab-segments.ts';
import type { Figure } from '../lessons/lesson.ts';
import { sentences } from '../components/sentences.ts';
import type { InsideView } from '../running/inside-view.ts';
import type * as Still from './still.ts';
import type { Words } from './strings.ts';
import { Training } from './training.ts';

/** How it is looked at. */
export interface LiveView {
  /** of the recorded run */
  recorded: readonly Figure[];
  chosen: number;
  tabs: boolean;
  bar: boolean;
  caption: string;
  prediction: Prediction | undefined;
  /** the recorded run may stand behind the reader's own */
  open: boolean;
  frame: ChartFrame | undefined;
  /** pictures of the inside stand beside the curve */
  inside: boolean;
  scaled: (figure: Figure) => Figure;
  choose: (index: number) => void;
}

/** For loaded-figure.ts, which says there why it comes from here. */
export { sayProblems } from './say-problems.ts';

export class LiveFigure extends Training {
  static {
    define('lab-chart', LabChart);
    define('lab-plan-bar', LabPlanBar);
    define('lab-segments', LabSegments);
  }

  /** what shows the pictures of the inside, once it was asked for */
  inside: InsideView | undefined;
  private view: LiveView | undefined;

  render(view: LiveView): TemplateResult {
    this.view = view;
    return html`<div
        class="beside"
        @lab-read=${({ at }: ReadEvent) => this.read(this.inside?.read(at) ?? at)}
      >
        <div>${this.renderCurve(view)}</div>
        ${view.inside ? this.inside?.render() : nothing}
      </div>
      ${this.renderSlowness()}`;
  }

  /** What went wrong in training. @param still comes with the script that is there: importing it would split that in two */
  renderProblem(
    { failed }: Words,
    { notice, lines }: Pick<typeof Still, 'notice' | 'lines'>,
  ): TemplateResult | undefined {
    const { problem, trouble } = this;
    if (!problem) return undefined;
    const { kind, message, told } = problem;
    if (trouble && kind === 'forbidden') return notice(failed, trouble.forbidden);
    if (trouble && kind === 'device-lost') return notice(failed, trouble.gpuLost);
    if (trouble && kind === 'no-device') return notice(failed, sentences(trouble.noGPU, this.whyNoGPU));
    const known = kind === 'no-kernels' && this.words?.noKernels();
    return known
      ? notice(known.title, sentences(known.text, this.whyNoGPU))
      : notice(failed, told ? lines(told) : message);
  }

  /** The worker does not answer: the button ends it, and goes on from what is kept. */
  renderSilence(): TemplateResult | undefined {
    const { end, trouble } = this;
    if (!end || !trouble) return undefined;
    return html`<div class="notice" part="notice" role="alert">
      <p>${trouble.silent}</p>
      <button type="button" @click=${end}>${trouble.end}</button>
    </div>`;
  }

  /** Loads what shows the pictures of the inside. */
  async bringInside(): Promise<void> {
    const { insideOf } = await import('./beside.ts');
    this.inside ??= insideOf(this.host, this.settings.lesson, {
      run: () => this.runner,
      size: () => this.size ?? 'standard',
      isOpen: () => this.view?.open === true,
      show: (at, figures) => {
        this.turnTo(figures);
        void this.host.updateComplete.then(() => this.read(at));
      },
    });
    this.host.requestUpdate();
  }

  /** Another language is spoken. */
  retell(): void {
    const parts = 'lab-chart, lab-plan-bar, lab-segments, lab-inside, lab-ask';
    for (const part of this.host.renderRoot.querySelectorAll<LitElement>(parts)) part.requestUpdate();
  }

  /** The chart reads there. */
  private read(at: number | undefined): void {
    this.host.renderRoot.querySelector<LabChart>('lab-chart')?.read(at);
  }

  /** Shows one of these figures, on whose axis a picture has its places. */
  private turnTo(names: readonly string[]): void {
    const { view, runner } = this;
    const figures = runner.findings?.figures ?? view?.recorded ?? [];
    const shown = figures[view?.chosen ?? 0] ?? figures[0];
    if (shown && names.length && !names.includes(shown.name))
      view?.choose(figures.findIndex(({ name }) => name === names[0]));
  }

  private renderCurve(view: LiveView): TemplateResult {
    const { runner: run } = this;
    const figures = (run.findings?.figures ?? view.recorded).map(view.scaled);
    return html`${renderFigure({
      figures: view.tabs ? figures : figures.slice(view.chosen, view.chosen + 1),
      behind: view.open && run.findings ? view.recorded.map(view.scaled) : [],
      overlays: [],
      chosen: figures[view.chosen]?.name,
      place: undefined,
      predictionOn: () => view.prediction,
      frame: view.frame,
      caption: view.caption,
      choose: (figure) => view.choose(figures.findIndex(({ name }) => name === figure)),
      predict: () => undefined,
    })}
    ${
      view.bar
        ? html`<lab-plan-bar
            exportparts="primary, progress, runs"
            .phase=${run.phase === 'closed' ? (this.opening ? 'opening' : 'ready') : run.phase}
            .entries=${run.entries}
            .progress=${run.progress}
            .steps=${run.steps}
            .changed=${this.control.pending}
            .building=${run.building}
            .estimate=${run.estimate}
            @lab-command=${(event: CommandEvent) => {
              event.stopPropagation();
              this.control.command(event.command);
            }}
          ></lab-plan-bar>`
        : nothing
    }`;
  }

  private renderSlowness(): TemplateResult | typeof nothing {
    const { slow, words } = this;
    if (!slow || !words) return nothing;
    return html`<p class="status">${sentences(words.slowness(slow), this.whyNoGPU)}</p>`;
  }

  /** Takes the focus from a button that is gone: the bar, or the plot to be read by arrow keys. */
  async focus(bar: boolean): Promise<void> {
    await this.host.updateComplete;
    const element = this.host.renderRoot.querySelector<LitElement>(bar ? 'lab-plan-bar' : 'lab-chart');
    await element?.updateComplete;
    element?.focus({ preventScroll: true });
  }
}
