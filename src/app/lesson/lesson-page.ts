import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import type { LabChart, MarkEvent, ReadEvent, TryEvent } from '../../components/index.ts';
import { point } from '../../figures/figure.ts';
import type { Lab } from '../../worker/protocol.ts';
import type { Curriculum } from '../curriculum.ts';
import { AnnounceEvent } from '../frame/announce.ts';
import { type Progress, ProgressEvent } from '../frame/progress.ts';
import { BenchHeight, VerdictSight } from './bench-sight.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { renderBench, renderDetails, renderNoBench } from './lesson-bench.ts';
import { LessonModel } from './lesson-model.ts';
import { renderArticle, renderHeader } from './lesson-text.ts';

/** A lesson: its question, the learner's prediction, the live experiment and its verdict, the text, a check. */
export class LessonPage extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;
  /** Where texts, experiments and recordings come from. */
  @property({ attribute: false }) curriculum!: Curriculum;
  /** The lesson. */
  @property() name = '';

  @state() private tools = false;
  @query('lab-chart') private chart!: LabChart | null;

  private readonly model = new LessonModel(this, {
    name: () => this.name,
    lab: () => this.lab,
    curriculum: () => this.curriculum,
    ask: () => void this.ask(),
    read: (at) => void this.updateComplete.then(() => this.chart?.read(at)),
    say: (text) => this.dispatchEvent(new AnnounceEvent(text)),
    progress: (progress) => this.tell(progress),
  });
  /** the marked moment that the chart was last told to point at */
  private pointed = '';

  constructor() {
    super();
    new BenchHeight(this);
    new VerdictSight(this);
    new FocusKeeper(this, () =>
      first(this, '.asking button', '.replay button', '.verdict', 'lab-plan-bar:not([hidden])'),
    );
  }

  protected override updated(): void {
    const { mark, figure, place } = this.model.chart;
    const pointed = JSON.stringify([mark, figure]);
    if (pointed === this.pointed) return;
    this.pointed = pointed;
    void this.updateComplete.then(() => point(this.chart, place));
  }

  protected override render(): TemplateResult {
    const { model } = this;
    const { prose, lesson, loaded } = model.content;
    const setTools = (tools: boolean): void => void (this.tools = tools);
    const bench = lesson && { lesson, model, chart: () => this.chart, tools: this.tools, setTools };
    return html`<div
        class="lesson"
        @lab-read=${({ at }: ReadEvent) => this.chart?.read(model.reading.read(at))}
        @lab-mark=${(event: MarkEvent) => model.chart.toggleMark(event.mark)}
        @lab-try=${(event: TryEvent) => model.experiment.change({ changes: event.changes })}
        @lab-answer=${({ right }: HTMLElementEventMap['lab-answer']) => this.tell('checked', right)}
      >
        ${renderHeader(model)}
        ${
          prose &&
          html`<div class="bench">${bench ? renderBench(bench) : renderNoBench(loaded)}</div>
            ${model.reading.inside.render()}
            ${model.hasLives ? html`<lives-card .lab=${this.lab}></lives-card>` : nothing}
            ${
              bench && lesson.rival
                ? html`<duel-card .of=${bench} .question=${prose.question}></duel-card>`
                : nothing
            }
            ${renderArticle(prose, model)}`
        }
      </div>
      ${prose && bench ? renderDetails(bench) : nothing}`;
  }

  /** How far the learner has come, with what they have said and seen. */
  private tell(progress: Progress, right?: boolean): void {
    const { predicts, view, experiment } = this.model;
    const soFar = {
      prediction: predicts.committed ? predicts.prediction : undefined,
      seen: predicts.stage === 'open',
      points: view.comparison?.points,
      outcome: view.whose === 'own' ? experiment.run.findings?.verdict.outcome : undefined,
      right,
    };
    this.dispatchEvent(new ProgressEvent(this.name, progress, soFar));
  }

  /** Moves the focus to where the prediction is made. */
  private async ask(): Promise<void> {
    await this.updateComplete;
    const field = this.querySelector<HTMLInputElement>('.asking input');
    if (this.model.content.lesson?.question.kind === 'number') field?.focus();
    else await this.chart?.focusPrediction();
  }
}

/** The first of these that exists. */
function first(among: ParentNode, ...selectors: readonly string[]): HTMLElement | null {
  for (const selector of selectors) {
    const found = among.querySelector<HTMLElement>(selector);
    if (found) return found;
  }
  return null;
}
