/** The figure of a lesson: which one is shown, the learner's run over the recorded one, and the moment it points at. */
import { html, nothing, type TemplateResult } from 'lit';
import type {
  ChartSeries,
  LabChart,
  Prediction,
  PredictionEvent,
  SegmentEvent,
} from '../../components/index.ts';
import type { Figure } from '../../lessons/lesson.ts';
import { axisLabel, chartSeries, say, wordsOf, xAxisOf } from './figure-series.ts';
import { strings } from './lesson-strings.ts';
import type { Place } from './marks.ts';

export interface FigureView {
  /** of the learner's run, or of the recorded one where there is none */
  figures: readonly Figure[];
  /** of the recorded run, where the learner's is shown over it */
  behind: readonly Figure[];
  chosen: number;
  place: Place | undefined;
  prediction: Prediction | undefined;
  predicting: boolean;
  caption: string;
  choose: (index: number) => void;
  predict: (prediction: Prediction) => void;
}

export function renderFigure(view: FigureView): TemplateResult {
  const { figures, behind, chosen, place, prediction, predicting } = view;
  const figure = figures[chosen] ?? figures[0];
  if (!figure) return html`<div class="nofigure">${strings.notYet}</div>`;
  const series = chartSeries(figure);
  const recorded = behind.find(({ name }) => name === figure.name);
  const ghosts = recorded ? chartSeries(recorded, true) : [];
  const emphasis =
    place?.figure === chosen && place.series !== undefined ? series[place.series]?.id : undefined;
  return html`<lab-chart
    compact
    .series=${[...ghosts, ...series] satisfies ChartSeries[]}
    .axes=${[xAxisOf(figure)]}
    .axis=${'x'}
    .logX=${figure.x.scale === 'log'}
    .logY=${figure.y.scale === 'log'}
    .label=${say(figure.title)}
    .caption=${view.caption}
    .yLabel=${axisLabel(figure.y)}
    .words=${wordsOf(figure)}
    .emphasis=${emphasis}
    .prediction=${chosen === 0 ? prediction : undefined}
    .predicting=${predicting}
    @lab-prediction=${(event: PredictionEvent) => view.predict(event.prediction)}
  >
    ${figures.length > 1 ? tabs(figures, figures.indexOf(figure), view.choose) : nothing}
  </lab-chart>`;
}

function tabs(figures: readonly Figure[], chosen: number, choose: (index: number) => void): TemplateResult {
  return html`<lab-segments
    slot="first"
    bare
    .label=${strings.figures}
    .options=${figures.map(({ title }, i) => [String(i), say(title)] as const)}
    .value=${String(chosen)}
    @lab-segment=${(event: SegmentEvent) => choose(Number(event.value))}
  ></lab-segments>`;
}

/** Shows the moment in the chart: reads its position, or lets its series stand out. */
export function point(chart: LabChart | null, place: Place | undefined): void {
  chart?.read(place?.x);
}
