/** The figure of a lesson: which one is shown, the learner's run over the recorded one, and the moment it points at. */
import { html, nothing, type TemplateResult } from 'lit';
import type {
  Asked,
  ChartFrame,
  ChartSeries,
  LabChart,
  Prediction,
  PredictionEvent,
  SegmentEvent,
} from '../components/index.ts';
import type { Figure } from '../findings/findings.ts';
import { axisLabel, chartSeries, say, wordsOf, xAxisOf } from './series.ts';
import { strings } from './strings.ts';
import type { Place } from './marks.ts';

export interface FigureView {
  /** of the learner's run, or of the recorded one where there is none */
  figures: readonly Figure[];
  /** of the recorded run, where the learner's is shown over it */
  behind: readonly Figure[];
  /** curves of kept runs */
  overlays: readonly ChartSeries[];
  /** name of the figure that is shown; another name means the first */
  chosen: string | undefined;
  place: Place | undefined;
  /** what is drawn on the figure of that name */
  predictionOn: (figure: string) => Prediction | undefined;
  /** nothing but the curves */
  quiet?: boolean;
  /** names stand at curves and points, where there is room */
  labelled?: boolean;
  /** what shall be drawn */
  asked?: Asked | undefined;
  /** what the axes show at least */
  frame?: ChartFrame | undefined;
  caption: string;
  choose: (figure: string) => void;
  predict: (prediction: Prediction) => void;
}

export function renderFigure(view: FigureView): TemplateResult {
  const { figures, behind, place } = view;
  const figure = shownFigure(figures, view.chosen);
  if (!figure) return html`<div class="nofigure">${strings.notYet}</div>`;
  const series = chartSeries(figure);
  const recorded = behind.find(({ name }) => name === figure.name);
  // What is known without a run is drawn once.
  const ghosts = recorded ? chartSeries(withoutReferences(recorded), true) : [];
  const here = place && figures[place.figure] === figure ? place : undefined;
  const emphasis = here?.series === undefined ? undefined : series[here.series]?.id;
  const prediction = view.predictionOn(figure.name);
  return html`<lab-chart
    compact
    .series=${[...ghosts, ...view.overlays, ...series] satisfies ChartSeries[]}
    .axes=${[xAxisOf(figure)]}
    .axis=${'x'}
    .logX=${figure.x.scale === 'log'}
    .logY=${figure.y.scale === 'log'}
    .label=${say(figure.title)}
    .caption=${view.caption}
    .yLabel=${axisLabel(figure.y)}
    .words=${wordsOf(figure)}
    .emphasis=${emphasis}
    .prediction=${prediction}
    ?quiet=${view.quiet}
    .rows=${figure.rows?.map(say)}
    ?labelled=${view.labelled}
    .asked=${view.asked}
    .frame=${view.frame}
    @lab-prediction=${(event: PredictionEvent) => view.predict(event.prediction)}
  >
    ${figures.length > 1 ? tabs(figures, figure, view.choose) : nothing}
  </lab-chart>`;
}

const withoutReferences = (figure: Figure): Figure => ({
  ...figure,
  series: figure.series.filter(({ role }) => role !== 'reference'),
});

export function shownFigure(figures: readonly Figure[], chosen: string | undefined): Figure | undefined {
  return figures.find(({ name }) => name === chosen) ?? figures[0];
}

function tabs(figures: readonly Figure[], chosen: Figure, choose: (figure: string) => void): TemplateResult {
  return html`<lab-segments
    slot="first"
    bare
    .label=${strings.figures}
    .options=${figures.map(({ name, title }) => [name, say(title)] as const)}
    .value=${chosen.name}
    @lab-segment=${(event: SegmentEvent) => choose(event.value)}
  ></lab-segments>`;
}

/** Shows the moment in the chart: reads its position, or lets its series stand out. */
export function point(chart: LabChart | null, place: Place | undefined): void {
  chart?.read(place?.x);
}
