/** The results of a sweep against a size, with the law of one's choice through them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SegmentEvent } from '../../components/index.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { FitRequest, FittedLaw } from '../../worker/protocol.ts';
import { axisLabel, chartSeries, say, wordsOf, xAxisOf } from '../../figures/series.ts';
import { renderFit } from './fit-panel.ts';
import type { Horizontal } from './sweep-results.ts';
import { strings } from './sweep-strings.ts';

export type LawChoice = FitRequest['law'] | 'none';

const XS: readonly Horizontal[] = ['N', 'D', 'C'];
const LAWS: readonly LawChoice[] = ['none', 'power', 'parametric', 'isoflop'];

export interface ScalingChart {
  figure: Figure;
  /** curves of the run under way */
  live: Figure | undefined;
  caption: string;
  x: Horizontal;
  law: LawChoice;
  fitted: FittedLaw | undefined;
  chooseX: (x: Horizontal) => void;
  chooseLaw: (law: LawChoice) => void;
}

export function renderScaling(chart: ScalingChart): TemplateResult {
  const { figure, live } = chart;
  return html`<section class="figure card" aria-label=${strings.chart}>
    <lab-chart
      .series=${chartSeries(figure)}
      .axes=${[xAxisOf(figure)]}
      .axis=${'x'}
      .logX=${figure.x.scale === 'log'}
      .logY=${figure.y.scale === 'log'}
      .label=${say(figure.title)}
      .caption=${chart.caption}
      .yLabel=${axisLabel(figure.y)}
      .words=${wordsOf(figure)}
    >
      <lab-segments
        slot="first"
        .label=${strings.x}
        .options=${XS.map((x) => [x, x] as const)}
        .value=${chart.x}
        @lab-segment=${({ value }: SegmentEvent) => chart.chooseX(value as Horizontal)}
      ></lab-segments>
      <lab-segments
        slot="first"
        .label=${strings.fit}
        .options=${LAWS.map((law) => [law, strings.fits[law]] as const)}
        .value=${chart.law}
        @lab-segment=${({ value }: SegmentEvent) => chart.chooseLaw(value as LawChoice)}
      ></lab-segments>
    </lab-chart>
    ${renderFit(chart.fitted)}
    ${
      live
        ? html`<details class="tables">
            <summary>${strings.underWay}</summary>
            <lab-chart
              compact
              .series=${chartSeries(live)}
              .label=${say(live.title)}
              .yLabel=${axisLabel(live.y)}
            ></lab-chart>
          </details>`
        : nothing
    }
  </section>`;
}
