/** The parts of a lesson's page, wired together; and what happens to them when something is predicted or trained. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Lab } from '../../worker/protocol.ts';
import type { Curriculum } from '../curriculum.ts';
import { ClassParts } from './class-parts.ts';
import { LessonChart } from './lesson-chart.ts';
import { LessonContent } from './lesson-content.ts';
import { LessonExperiment, type LessonExperimentHost } from './lesson-experiment.ts';
import { LessonReading } from './lesson-reading.ts';
import { LessonRecords } from './lesson-records.ts';
import { LessonView } from './lesson-view.ts';
import { describeMilestone } from './milestones.ts';
import { PredictionControl } from './prediction-control.ts';
import { ReplayControl } from './replay-control.ts';

export interface LessonModelHost {
  name: () => string;
  lab: () => Lab;
  curriculum: () => Curriculum;
  /** moves the focus to where the prediction is made */
  ask: () => void;
  /** for those who hear the page */
  say: (text: string) => void;
  /** shows the place on the chart */
  read: (at: number | undefined) => void;
  progress: (progress: 'begun' | 'run') => void;
}

/** The sections of a lesson's text that are open from the beginning, and from the prediction on. */
const ASKING = 'predict';
const RUNNING = 'run';

export class LessonModel implements ReactiveController {
  /** what happened last, in words */
  milestone = '';

  readonly inClass: ClassParts;
  readonly predicts: PredictionControl;
  readonly experiment: LessonExperiment;
  readonly content: LessonContent;
  readonly replay: ReplayControl;
  readonly view: LessonView;
  readonly chart: LessonChart;
  readonly reading: LessonReading;
  readonly records: LessonRecords;

  /** sections that were opened by hand, or by a search in the page */
  private readonly opened = new Set<string>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly around: LessonModelHost,
  ) {
    host.addController(this);
    const { name, lab, curriculum, ask, read } = around;
    this.inClass = new ClassParts(host, name);
    const predicts = (this.predicts = new PredictionControl(host, name, () => this.onAnswer()));
    const experiment = (this.experiment = new LessonExperiment(host, {
      lab,
      committed: () => predicts.committed,
      ask,
      milestone: (milestone) => this.onMilestone(milestone),
    }));
    const content = (this.content = new LessonContent(host, {
      name,
      curriculum,
      size: () => experiment.applied.size,
      settled: () => this.records.link.ready,
    }));
    this.replay = new ReplayControl(host, () => predicts.open());
    const isOther = (): boolean => this.records.link.isOther;
    const view = new LessonView(host, { content, experiment, predicts, replay: this.replay, isOther });
    this.view = view;
    const chart = (this.chart = new LessonChart(host, content, experiment, predicts, view));
    this.reading = new LessonReading(host, { name, curriculum, experiment, view, chart, read });
    const parts = { content, experiment, predicts, view, chart };
    this.records = new LessonRecords(host, { name, lab, curriculum, ...parts });
  }

  get name(): string {
    return this.around.name();
  }

  hostConnected(): void {
    void this.load();
  }

  /** The wall of a hundred lives belongs to this lesson, and its answer may be seen. */
  get hasLives(): boolean {
    return this.content.lesson?.hasLives === true && this.view.isOpen;
  }

  /** Text that would give the answer away is folded until the learner has predicted, or has seen a result. */
  isOpen(section: string): boolean {
    const { lesson, loaded } = this.content;
    const hasExperiment = lesson !== undefined || !loaded;
    if (section === ASKING || !hasExperiment || this.opened.has(section)) return true;
    return section === RUNNING ? this.predicts.committed : this.view.isOpen;
  }

  openSections(...sections: readonly string[]): void {
    for (const section of sections) this.opened.add(section);
    this.host.requestUpdate();
  }

  private async load(): Promise<void> {
    const lesson = await this.content.load();
    if (!lesson) return;
    const device = await this.around
      .lab()
      .device()
      .catch(() => undefined);
    this.experiment.prepare(lesson, device);
    await this.experiment.open();
    this.experiment.device = device;
    this.host.requestUpdate();
  }

  private onAnswer(): void {
    const { predicts } = this;
    if (predicts.isWaiting) this.replay.stop();
    this.chart.clear();
    this.experiment.onPrediction();
    if (predicts.committed) this.around.progress('begun');
  }

  private readonly onMilestone: LessonExperimentHost['milestone'] = (milestone) => {
    const { experiment, predicts } = this;
    const { isWaiting, prompt, run } = experiment;
    this.records.hear(milestone);
    if (milestone.kind === 'running') this.replay.stop();
    if (milestone.kind === 'finished' && run.hasResults) {
      if (predicts.committed) predicts.open();
      this.around.progress('run');
    }
    const text = isWaiting ? prompt : describeMilestone(milestone, run);
    if (!text) return;
    this.milestone = milestone.kind === 'finished' || isWaiting ? '' : text;
    this.around.say(text);
  };
}
