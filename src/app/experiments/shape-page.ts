import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { loss, type KnobValues, type Scatter, type Surface } from '../../components/index.ts';
import type { SpecInput } from '../../worker/protocol.ts';
import { ExperimentPage } from './experiment-page.ts';
import { strings as shared } from './experiment-strings.ts';
import { axesOf, lossCurves } from '../runs/loss-curves.ts';
import { ViewFeed } from '../runs/view-feed.ts';
import { shapeKnobs, shapeSpec, smallShape } from './shape-knobs.ts';
import { strings } from './shape-strings.ts';

/** Grid points along a side of the picture, and how far it reaches; the shapes end at 2, noise apart. */
const GRID = 96;
const EXTENT = 2.4;
/** Least time between two pictures of the surface, ms. */
const SURFACE_EVERY_MS = 80;

/** An MLP learns a shape. */
export class ShapePage extends ExperimentPage {
  @state() private surface: Surface | undefined;
  @state() private points: Scatter | undefined;

  constructor() {
    super(shapeKnobs, smallShape);
    new ViewFeed(
      this,
      [
        {
          every: SURFACE_EVERY_MS,
          request: () => ({ kind: 'surface', size: GRID, extent: EXTENT }),
          apply: (view) => {
            if (view.kind === 'surface') this.surface = view;
          },
        },
      ],
      (request) => this.live.view(request),
      () => this.live.state,
    );
  }

  protected override toSpec(values: KnobValues): SpecInput {
    return shapeSpec(values);
  }

  protected override onOpened(): void {
    void this.live.points().then((points) => {
      if (!points) return;
      this.points = points;
    });
  }

  protected override render(): TemplateResult {
    const { live } = this;
    const accuracy = live.history.metrics.get('accuracy')?.at(-1);
    const percent = accuracy === undefined ? '–' : shared.percent(accuracy);
    const guess = live.info?.guessLoss;
    return html`<div class="experiment">
      <header>
        <h1 tabindex="-1">${strings.title}</h1>
        <p class="lede">${strings.lede}</p>
      </header>
      <section class="figure card" aria-label=${shared.figure}>
        <div class="panels beside">
          <div>
            <h2>${strings.surface}</h2>
            <lab-surface
              .surface=${this.surface}
              .points=${this.points}
              .extent=${EXTENT}
              .label=${strings.surfaceLabel(String(this.applied.kind), percent)}
            ></lab-surface>
            <p class="caption">${strings.surfaceCaption}</p>
          </div>
          <lab-chart
            .series=${lossCurves(live.history, this.previous)}
            .lines=${
              guess === undefined
                ? []
                : [
                    {
                      value: guess,
                      label: strings.guess(loss(guess)),
                      color: 'ink-3',
                      dash: [4, 4],
                      optional: live.history.validation.length > 2,
                    },
                  ]
            }
            .axes=${axesOf(live.info, live.history, 'points')}
            .label=${strings.chartLabel}
            .caption=${strings.chartCaption}
            .yLabel=${shared.loss}
          ></lab-chart>
        </div>
        ${this.renderControls('examples')} ${this.renderVerdict(accuracy, percent)}
      </section>
      ${this.renderArticle(strings)}
    </div>`;
  }

  private renderVerdict(accuracy: number | undefined, percent: string): TemplateResult {
    const { history } = this.live;
    const held = history.validation.mean.values;
    const latest = held.at(-1);
    const best = held.reduce((least, value) => Math.min(least, value), Infinity);
    const gap = latest === undefined ? 0 : latest - best;
    return html`<div class="verdict">
      <b>${shared.soFar}</b>
      <p>
        ${
          accuracy === undefined || history.training.length === 0
            ? strings.notYet
            : strings.verdict(percent, loss(latest))
        }
        ${gap > 0.05 && gap > 0.2 * best ? strings.gap(loss(gap)) : nothing}
      </p>
    </div>`;
  }
}
