/** What a learner found, beside what all found. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { LiveClient } from '../../../class/live-client.ts';
import type { Summary } from '../../../class/live.ts';
import { predictedNumber } from '../../../class/pooled.ts';
import type { MemberResult } from '../../../class/result.ts';
import { type ChartSeries, measured } from '../../../components/index.ts';
import { axisLabel, say } from '../../../figures/series.ts';
import type { Curriculum } from '../../curriculum.ts';
import { medianSeries } from '../class-chart.ts';
import { words as classWords } from '../class-words.ts';
import { taughtIn, TaughtLesson } from '../taught-lesson.ts';
import { liveWords as words } from './live-words.ts';
import { renderQuestion, sentResult } from './sent-result.ts';

export class OwnResult {
  private readonly of: TaughtLesson;

  /** @param lesson the one that the class looks at together; nothing until then */
  constructor(host: ReactiveControllerHost, lesson: () => string | undefined, curriculum: () => Curriculum) {
    this.of = new TaughtLesson(host, lesson, (name) => taughtIn(curriculum(), name));
  }

  render(client: LiveClient): TemplateResult {
    const { plan, board } = client;
    const { summary } = board;
    if (summary?.lesson !== plan.lesson)
      return html`<p class="lede">${words.lookUp}</p>
        <p>${words.nothingYet}</p>`;
    const mine = sentResult(client);
    const { about } = this.of.taught;
    return html`<p class="lede">${words.lookUp}</p>
      ${this.renderChart(summary, mine)}
      <p>
        ${words.verdict(summary.verdicts.holds, summary.of)}
        ${mine ? { holds: words.mineHeld, 'does-not-hold': words.mineNot, 'not-enough-evidence': words.mineOpen }[mine.outcome] : nothing}
      </p>
      ${this.renderOff(summary, mine)} ${mine && about ? renderQuestion(about.question, mine) : nothing}`;
  }

  private renderOff({ off }: Summary, mine: MemberResult | undefined): TemplateResult | typeof nothing {
    const { asked } = this.of.taught;
    if (off === null || !asked) return nothing;
    const said = mine && predictedNumber(mine);
    const got = mine?.numbers[asked.value];
    const isKnown = said !== undefined && got !== undefined;
    return html`<p>
      ${words.off(measured(off, 2) + asked.unit)}
      ${isKnown ? words.mineOff(measured(Math.abs(said - got), 2) + asked.unit) : nothing}
    </p>`;
  }

  private renderChart(summary: Summary, mine: MemberResult | undefined): TemplateResult | typeof nothing {
    const { figure } = this.of;
    if (!figure) return nothing;
    const own: ChartSeries[] = mine?.curve
      ? [{ id: 'mine', label: words.mine, x: mine.curve.x, y: mine.curve.y, color: 'c2', width: 2 }]
      : [];
    const xLabel = axisLabel(figure.x);
    return html`<section class="figure card">
      <lab-chart
        .series=${[...(summary.curve.x.length ? [medianSeries(summary.curve)] : []), ...own]}
        .axes=${[{ id: 'x', label: xLabel, convert: (x: number) => x }]}
        .axis=${'x'}
        .logX=${figure.x.scale === 'log'}
        .logY=${figure.y.scale === 'log'}
        .label=${say(figure.title)}
        .yLabel=${axisLabel(figure.y)}
        .caption=${classWords.count(summary.of)}
        .words=${{
          place: (x: number) => `${xLabel} ${measured(x, 4)}`,
          value: (y: number) => measured(y, 4),
        }}
      ></lab-chart>
    </section>`;
  }
}
