/** The experiment of a lesson: chart, what is done with it, the verdict, and the tools in one quiet row. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CommandEvent, LabChart, SegmentEvent } from '../../components/index.ts';
import { renderFigure } from '../../figures/figure.ts';
import { say } from '../../figures/series.ts';
import { type Lesson, type Size, SIZES } from '../../lessons/lesson.ts';
import { isInCourse } from '../frame/site.ts';
import { renderAsking, renderComparison, renderReplay } from './answer-bar.ts';
import { renderChanges } from './changes.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import type { LessonModel } from './lesson-model.ts';
import { renderDevice, renderNoRecording, renderObstacles, renderResume } from './lesson-notices.ts';
import {
  renderListings,
  renderStages,
  renderTables,
  renderVerdict,
  stageOf,
  stagesDone,
} from './lesson-parts.ts';
import { strings } from './lesson-strings.ts';

export interface Bench {
  lesson: Lesson;
  model: LessonModel;
  chart: () => LabChart | null;
  /** the chart offers its axes, table and files */
  tools: boolean;
  setTools: (tools: boolean) => void;
}

export function renderBench(bench: Bench): TemplateResult {
  const { view, predicts, experiment, content } = bench.model;
  const { run } = experiment;
  return html`<section
    class="figure card"
    aria-label=${strings.figure}
    data-answer=${predicts.stage}
    data-open=${view.isOpen}
  >
    ${renderStages(stageOf(run, predicts), stagesDone(run, predicts))}
    ${view.isOpen ? view.views.render() : nothing} ${renderChart(bench)} ${renderResult(bench)}
    ${content.isRecordingMissing ? renderNoRecording(() => void content.loadAgain()) : nothing}
    ${renderObstacles(experiment)} ${run.resumes ? renderResume(experiment) : nothing} ${renderActions(bench)}
    ${renderChanges(bench.lesson, experiment)} ${renderTools(bench)} ${renderDevice(experiment)}
  </section>`;
}

/** Keeps room for the experiment while it loads. @param isLoaded everything is loaded, and the lesson has no experiment */
export function renderNoBench(isLoaded: boolean): TemplateResult {
  return html`<section class="figure card" aria-label=${strings.figure}>
    ${isLoaded ? html`<p class="caption">${strings.noExperiment}</p>` : html`<div class="nofigure"></div>`}
  </section>`;
}

function renderChart({ model, lesson, tools }: Bench): TemplateResult {
  const { view, predicts, records, chart, experiment, replay } = model;
  const { chosen, pointed } = chart;
  const { shown } = view;
  return html`${renderFigure({
    figures: shown?.figures ?? [],
    behind: view.behind,
    overlays: records.overlaysOn(chosen, predicts.committed),
    chosen: chosen?.name,
    place: chart.place,
    predictionOn: (figure) => predicts.on(figure, lesson.question),
    quiet: !tools,
    // While curves grow, names would jump from place to place.
    labelled: experiment.run.phase !== 'running' && !replay.playing,
    asked: chart.asked,
    frame: chart.frame,
    caption: view.provenance,
    choose: (figure) => chart.choose(figure),
    predict: (prediction) => predicts.set(prediction),
  })}
  ${shown?.remark ? html`<p class="remark">${say(shown.remark)}</p>` : nothing}
  ${pointed === undefined ? nothing : html`<p class="pointed" role="status">${pointed}</p>`}`;
}

/** The buttons of the present stage: to predict, then to train or to replay. */
function renderActions({ lesson, model }: Bench): TemplateResult {
  const { experiment, predicts, replay, view } = model;
  const { run } = experiment;
  const mayRun = predicts.committed || run.begun || run.phase === 'running';
  const first =
    lesson.commitment && !mayRun
      ? { label: say(lesson.commitment.first), begin: () => experiment.command('run') }
      : undefined;
  const isBefore = predicts.committed && !run.begun && run.phase !== 'running' && view.whose === 'recorded';
  return html`${experiment.isWaiting ? html`<p class="prompt">${experiment.prompt}</p>` : nothing}
  ${predicts.isWaiting ? renderAsking(lesson.question, predicts, first) : nothing}
  ${renderPlanBar(experiment, mayRun)}
  ${
    isBefore
      ? html`<div class="ways">
          ${view.hasRecording ? renderReplay(replay, view.provenance) : nothing}
          ${
            view.hasRecording && predicts.stage === 'predicted' && replay.share === undefined
              ? html`<button class="quiet" type="button" @click=${() => predicts.open()}>
                  ${strings.predict.showMe}
                </button>`
              : nothing
          }
          ${
            replay.share === undefined
              ? html`<button class="quiet" type="button" @click=${() => predicts.again()}>
                  ${predicts.stage === 'open' ? strings.predict.again : strings.predict.change}
                </button>`
              : nothing
          }
        </div>`
      : nothing
  }`;
}

function renderPlanBar(experiment: LessonExperiment, mayRun: boolean): TemplateResult {
  const { run, pending } = experiment;
  return html`<lab-plan-bar
    numbered
    ?hidden=${!mayRun}
    .phase=${experiment.isImpossible ? 'closed' : run.phase}
    .entries=${run.entries}
    .progress=${experiment.progress}
    .steps=${run.steps}
    .changed=${pending}
    .building=${run.building}
    .estimate=${run.estimate}
    @lab-command=${({ command }: CommandEvent) => experiment.command(command)}
  ></lab-plan-bar>`;
}

/** Right below the chart: the verdict, and how far the prediction was from the result. */
function renderResult({ lesson, model: { view, experiment } }: Bench): unknown {
  const { shown, whose } = view;
  // During training the chart is enough.
  const isResting = whose === 'running' ? experiment.run.phase !== 'running' : view.isOpen;
  if (!shown || !isResting) return nothing;
  return renderVerdict(
    shown,
    whose,
    renderComparison(lesson.question, view.comparison, whose !== 'recorded'),
  );
}

/** Size, sound, sharing and the like, in one inconspicuous row. */
function renderTools({ model, chart, tools, setTools }: Bench): TemplateResult {
  const { experiment, records, replay, view, milestone } = model;
  return html`<div class="tools-row">
    <lab-segments
      .label=${strings.size}
      .options=${SIZES.map((size) => [size, strings.sizes[size]] as const)}
      .value=${experiment.draft.size}
      @lab-segment=${({ value }: SegmentEvent) => experiment.choose(value as Size)}
    ></lab-segments>
    <p class="milestone">${milestone}</p>
    ${
      view.isOpen || view.whose !== 'recorded'
        ? html`<button class="quiet" type="button" aria-pressed=${tools} @click=${() => setTools(!tools)}>
            ${strings.axes}
          </button>`
        : nothing
    }
    ${model.reading.sound.render()} ${records.sharing.render(chart, model.chart.chosen)}
    ${replay.share === undefined ? html`<p class="caption">${view.provenance}</p>` : nothing}
  </div>`;
}

/** Below text and figure: source texts, tables, kept runs, and what a class needs. */
export function renderDetails({ model }: Bench): TemplateResult {
  const { records, view, chart, predicts, experiment, inClass } = model;
  const { shown, isOpen, whose } = view;
  const { ended } = records.own;
  // A course takes the recorded run for an answer, too.
  const isOver = ended !== undefined || experiment.isImpossible || (isInCourse() && view.isOpen);
  return html`<section class="card details">
    ${
      predicts.committed && shown && (isOpen || whose !== 'recorded')
        ? html`${renderListings(shown)} ${renderTables(shown.tables)}`
        : nothing
    }
    ${
      predicts.committed
        ? html`${inClass.renderAfter(isOver, ended, predicts.prediction)} ${records.own.render(chart.chosen)}`
        : nothing
    }
  </section>`;
}
