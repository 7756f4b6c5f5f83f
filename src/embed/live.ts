/** The figure once a reader wants more than to look: a chart that is read point by point, and a bar that trains. */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { renderFigure } from '../figures/figure.ts';
import { LabChart } from '../components/chart/index.ts';
import { define } from '../components/define.ts';
import type { ChartFrame, CommandEvent, Prediction } from '../components/index.ts';
import { LabPlanBar } from '../components/lab-plan-bar.ts';
import { LabSegments } from '../components/lab-segments.ts';
import type { Figure } from '../lessons/lesson.ts';
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
  scaled: (figure: Figure) => Figure;
  choose: (index: number) => void;
}

export class LiveFigure extends Training {
  static {
    define('lab-chart', LabChart);
    define('lab-plan-bar', LabPlanBar);
    define('lab-segments', LabSegments);
  }

  render(view: LiveView): TemplateResult {
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
    }
    ${this.renderSlowness()}`;
  }

  private renderSlowness(): TemplateResult | typeof nothing {
    const { slow, words } = this;
    if (!slow || !words) return nothing;
    return html`<p class="status">${words.slowness(slow)} ${this.whyNoGPU}</p>`;
  }

  /** Takes the focus from a button that is gone: the bar, or the plot to be read by arrow keys. */
  async focus(bar: boolean): Promise<void> {
    await this.host.updateComplete;
    const element = this.host.renderRoot.querySelector<LitElement>(bar ? 'lab-plan-bar' : 'lab-chart');
    await element?.updateComplete;
    element?.focus({ preventScroll: true });
  }
}
