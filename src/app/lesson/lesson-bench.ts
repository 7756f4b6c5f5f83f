/** The experiment of a lesson: chart, what is done with it, the verdict, and the tools in one quiet row. */
import { html, nothing, type TemplateResult } from 'lit';
import {
  type CommandEvent,
  drawn,
  type LabChart,
  type SegmentEvent,
  type UndoChangeEvent,
} from '../../components/index.ts';
import { renderFigure } from '../../figures/figure.ts';
import { say } from '../../figures/series.ts';
import type { Place } from '../../figures/marks.ts';
import { type Lesson, type Size, SIZES } from '../../lessons/lesson.ts';
import { FIRST_SEED } from '../../lessons/seed.ts';
import { ownSeed } from './own-seed.ts';
import { renderAsking, renderComparison, renderReplay } from './answer-bar.ts';
import { describeChanges } from './changes.ts';
import type { ClassParts } from './class-parts.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { renderDevice, renderNoRecording, renderObstacles, renderResume } from './lesson-notices.ts';
import {
  renderListings,
  renderStages,
  renderTables,
  renderVerdict,
  stageOf,
  stagesDone,
} from './lesson-parts.ts';
import type { LessonRecords } from './lesson-records.ts';
import type { LessonSound } from './lesson-sound.ts';
import { isInCourse } from '../frame/site.ts';
import { strings } from './lesson-strings.ts';
import { pathLabel } from './path-labels.ts';
import type { LessonView } from './lesson-view.ts';
import type { PredictionControl } from './prediction-control.ts';
import type { ReplayControl } from './replay-control.ts';
import type { ViewChoice } from './view-choice.ts';

export interface Bench {
  lesson: Lesson;
  experiment: LessonExperiment;
  predicts: PredictionControl;
  replay: ReplayControl;
  records: LessonRecords;
  views: ViewChoice;
  view: LessonView;
  inClass: ClassParts;
  sound: LessonSound;
  chart: () => LabChart | null;
  /** of the marked word: where it is on the chart, and what it means */
  place: Place | undefined;
  pointed: string | undefined;
  /** what happened last, in words */
  milestone: string;
  choose: (figure: string) => void;
  /** the chart offers its axes, table and files */
  tools: boolean;
  setTools: (tools: boolean) => void;
  /** loads the recorded run once more, where it could not be loaded */
  again: (() => void) | undefined;
}

export function renderBench(bench: Bench): TemplateResult {
  const { view, predicts, experiment, again } = bench;
  const { run } = experiment;
  return html`<section
    class="figure card"
    aria-label=${strings.figure}
    data-answer=${predicts.stage}
    data-open=${view.isOpen}
  >
    ${renderStages(stageOf(run, predicts), stagesDone(run, predicts))}
    ${view.isOpen ? bench.views.render() : nothing} ${renderChart(bench)} ${renderResult(bench)}
    ${again ? renderNoRecording(again) : nothing} ${renderObstacles(experiment)}
    ${run.resumes ? renderResume(experiment) : nothing} ${renderActions(bench)} ${renderChanges(bench)}
    ${renderTools(bench)} ${renderDevice(experiment)}
  </section>`;
}

/** Where the experiment will be; as high as what comes. @param isLoaded it is known that the lesson has none */
export function renderNoBench(isLoaded: boolean): TemplateResult {
  return html`<section class="figure card" aria-label=${strings.figure}>
    ${isLoaded ? html`<p class="caption">${strings.noExperiment}</p>` : html`<div class="nofigure"></div>`}
  </section>`;
}

function renderChart(bench: Bench): TemplateResult {
  const { view, predicts, records, lesson } = bench;
  const { shown } = view;
  return html`${renderFigure({
    figures: shown?.figures ?? [],
    behind: view.behind,
    overlays: records.overlaysOn(view.chosen, predicts.committed),
    chosen: view.chosen?.name,
    place: bench.place,
    predictionOn: (figure) => predicts.on(figure, lesson.question),
    quiet: !bench.tools,
    // While curves grow, names would jump from place to place.
    labelled: bench.experiment.run.phase !== 'running' && !bench.replay.playing,
    asked: view.asked,
    frame: view.frame,
    caption: view.provenance,
    choose: bench.choose,
    predict: (prediction) => predicts.set(prediction),
  })}
  ${shown?.remark ? html`<p class="remark">${say(shown.remark)}</p>` : nothing}
  ${bench.pointed === undefined ? nothing : html`<p class="pointed" role="status">${bench.pointed}</p>`}`;
}

/** What is to be done now: to predict, then to train or to replay. */
function renderActions(bench: Bench): TemplateResult {
  const { lesson, experiment, predicts, replay, view } = bench;
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

/** At the chart, in sight: what came out, and how far from it the prediction was. */
function renderResult({ view, lesson, experiment }: Bench): unknown {
  const { shown, whose } = view;
  // While it trains, the chart tells.
  const isResting = whose === 'running' ? experiment.run.phase !== 'running' : view.isOpen;
  if (!shown || !isResting) return nothing;
  return renderVerdict(
    shown,
    whose,
    renderComparison(lesson.question, view.comparison, whose !== 'recorded'),
  );
}

/** One quiet row. */
function renderTools(bench: Bench): TemplateResult {
  const { experiment, records, view, chart, milestone, tools, setTools } = bench;
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
    ${bench.sound.render()} ${records.renderSharing(chart, view.chosen)}
    ${bench.replay.share === undefined ? html`<p class="caption">${view.provenance}</p>` : nothing}
  </div>`;
}

/** All that a run leaves beside its figures, below text and figure. */
export function renderDetails({ records, view, predicts, experiment, inClass }: Bench): TemplateResult {
  const { shown, isOpen, whose } = view;
  const { ended } = records;
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
        ? html`${inClass.renderAfter(isOver, ended, predicts.prediction)} ${records.render(view.chosen)}`
        : nothing
    }
  </section>`;
}

function renderChanges({ lesson, experiment }: Bench): TemplateResult | typeof nothing {
  const { draft, pending, run } = experiment;
  if (!Object.keys(draft.changes).length) return nothing;
  const changes = describeChanges(lesson.plan(draft.size, FIRST_SEED), ownSeed(), draft.changes, {
    label: pathLabel,
    usual: strings.usual,
  });
  drawn('lab-changes');
  return html`<lab-changes
    .changes=${changes}
    .kind=${pending && run.begun ? 'pending' : 'defaults'}
    @lab-undo-change=${({ key }: UndoChangeEvent) => {
      const { [key]: _undone, ...changes } = draft.changes;
      experiment.change({ changes });
    }}
  ></lab-changes>`;
}
