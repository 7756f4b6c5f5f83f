import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { MemberResult } from '../../class/result.ts';
import { PageElement } from '../../components/element.ts';
import { type LabChart, measured, type SegmentEvent } from '../../components/index.ts';
import { axisLabel, say } from '../../figures/series.ts';
import type { Figure } from '../../lessons/lesson.ts';
import { language } from '../../locales/language.ts';
import { metaOf } from '../curriculum.ts';
import type { Asked } from './asked.ts';
import { curveSeries, shareSeries, spansDecades } from './class-chart.ts';
import { words } from './class-words.ts';

type View = 'curves' | 'shares';

/** The chart of a class: everybody's curves, or what was predicted and found as shares of the class. */
export class ClassFigure extends PageElement {
  @property() lesson = '';
  @property({ attribute: false }) results: readonly MemberResult[] = [];
  /** Its titles and axes are the lesson's own. */
  @property({ attribute: false }) figure: Figure | undefined;
  @property({ attribute: false }) asked: Asked | undefined;
  /** What is shown first. */
  @property() first: View = 'curves';

  @state() private view: View | undefined;
  @query('lab-chart') private chart!: LabChart | null;

  toBlob(): Promise<Blob> | undefined {
    return this.chart?.toBlob();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { figure, asked, results } = this;
    if (!figure) return nothing;
    const value = asked?.kind === 'curve' ? undefined : asked?.value;
    const view: View = value === undefined ? 'curves' : (this.view ?? this.first);
    const isShares = view === 'shares' && value !== undefined;
    const title = isShares ? words.shares : say(figure.title);
    const xLabel = isShares ? `${words.predictions}, ${words.trained}` : axisLabel(figure.x);
    const yLabel = isShares ? words.share : axisLabel(figure.y);
    return html`<lab-chart
      .series=${isShares ? shareSeries(results, value) : curveSeries(results, figure, asked)}
      .axes=${[{ id: 'x', label: xLabel, convert: (x: number) => x }]}
      .axis=${'x'}
      .logX=${isShares ? spansDecades(results, value) : figure.x.scale === 'log'}
      .logY=${!isShares && figure.y.scale === 'log'}
      .label=${title}
      .yLabel=${yLabel}
      .caption=${`${metaOf(this.lesson, language()).title} · ${words.count(results.length)}`}
      .words=${{
        place: (x: number) => `${xLabel} ${measured(x, 4)}`,
        value: (y: number) => measured(y, 4),
      }}
    >
      ${
        value === undefined
          ? nothing
          : html`<lab-segments
              slot="first"
              bare
              .label=${words.title}
              .options=${[
                ['curves', words.curves],
                ['shares', words.shares],
              ]}
              .value=${view}
              @lab-segment=${(event: SegmentEvent) => (this.view = event.value as View)}
            ></lab-segments>`
      }
    </lab-chart>`;
  }
}
