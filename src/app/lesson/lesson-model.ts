/** All that a lesson's page is made of, wired together: its texts and recording, experiment, prediction, replay and records. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { askAgain } from '../../loading.ts';
import { language } from '../../locales/language.ts';
import { type Place, placeOf } from '../../figures/marks.ts';
import type { Recording } from '../../findings/recording.ts';
import type { Lesson, Size } from '../../lessons/lesson.ts';
import type { ExperimentMilestone } from '../../running/experiment-run.ts';
import type { Lab } from '../../worker/protocol.ts';
import type { Curriculum } from '../curriculum.ts';
import type { SoFar } from '../frame/progress.ts';
import type { Prose } from '../prose.ts';
import { ClassParts } from './class-parts.ts';
import type { Bench } from './lesson-bench.ts';
import { LessonExperiment } from './lesson-experiment.ts';
import { LessonInside } from './lesson-inside.ts';
import { LessonSound } from './lesson-sound.ts';
import { LessonRecords } from './lesson-records.ts';
import { strings } from './lesson-strings.ts';
import { type LessonParts, LessonView } from './lesson-view.ts';
import { describeMilestone } from './milestones.ts';
import { PredictionControl } from './prediction-control.ts';
import { ReplayControl } from './replay-control.ts';
import { ViewChoice } from './view-choice.ts';

export interface LessonModelHost {
  name: () => string;
  lab: () => Lab;
  curriculum: () => Curriculum;
  /** the focus goes to where the prediction is made */
  ask: () => void;
  say: (text: string) => void;
  /** the chart is read there */
  read: (at: number | undefined) => void;
  progress: (progress: 'begun' | 'run') => void;
}

/** What follows a result, and what says how it is come by. */
const AFTER_PREDICTION = 'run';
const BEFORE = 'predict';

export class LessonModel implements ReactiveController, LessonParts {
  prose: Prose | undefined;
  lesson: Lesson | undefined;
  recording: Recording | undefined;
  /** the one that was asked for last */
  private recordedSize: Size | undefined;
  private isRecordingMissing = false;
  loaded = false;
  figure: string | undefined;
  mark: string | undefined;
  milestone = '';

  readonly experiment: LessonExperiment;
  readonly predicts: PredictionControl;
  readonly replay: ReplayControl;
  readonly views: ViewChoice;
  readonly records: LessonRecords;
  readonly view: LessonView;
  readonly inside: LessonInside;
  readonly sound: LessonSound;
  readonly inClass: ClassParts;

  private spoken = '';
  /** sections that were opened by hand, or by a search */
  private readonly opened = new Set<string>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly around: LessonModelHost,
  ) {
    host.addController(this);
    this.inClass = new ClassParts(host, around.name);
    this.predicts = new PredictionControl(host, around.name, () => this.onAnswer());
    this.experiment = new LessonExperiment(host, {
      lab: around.lab,
      committed: () => this.predicts.committed,
      ask: around.ask,
      milestone: (milestone) => this.onMilestone(milestone),
    });
    this.views = new ViewChoice(
      host,
      () => this.lesson?.views,
      () => (this.experiment.run.findings ? undefined : this.recording?.device),
    );
    this.replay = new ReplayControl(host, () => this.predicts.open());
    this.view = new LessonView(this, this.experiment, this.predicts, this.replay, this.views);
    this.inside = new LessonInside(host, {
      inside: () => around.curriculum().inside(around.name()),
      recorded: () => around.curriculum().pictures(around.name()),
      run: () => this.experiment.run,
      size: () => this.experiment.applied.size,
      isOpen: () => this.view.isOpen,
      show: (at, figures) => {
        const { chosen } = this.view;
        if (chosen && !figures.includes(chosen.name) && figures[0]) this.set({ figure: figures[0] });
        around.read(at);
      },
    });
    this.sound = new LessonSound(host, {
      figure: () => (this.view.isOpen || this.view.whose !== 'recorded' ? this.view.chosen : undefined),
      run: () => this.experiment.run,
      read: (at) => around.read(this.inside.read(at)),
    });
    this.records = new LessonRecords(host, {
      name: around.name,
      lab: around.lab,
      lesson: () => around.curriculum().lesson(around.name()),
      question: () => this.lesson?.question,
      experiment: this.experiment,
      predicts: this.predicts,
      views: this.views,
      figure: () => this.figure,
      show: (figure) => this.set({ figure }),
    });
  }

  get name(): string {
    return this.around.name();
  }

  hostConnected(): void {
    void this.load();
  }

  hostUpdate(): void {
    if (this.loaded && this.experiment.applied.size !== this.recordedSize) void this.loadRecording();
    // A text that can't be loaded stays in the language before.
    if (this.prose && this.spoken !== language()) void this.loadProse().catch(() => (this.spoken = ''));
  }

  get isOther(): boolean {
    return this.records.isOther;
  }

  /** What its experiment is drawn from. */
  get parts(): Omit<Bench, 'lesson' | 'chart' | 'tools' | 'setTools'> {
    const { experiment, predicts, replay, records, views, view, inClass, sound, place, pointed, milestone } =
      this;
    return {
      ...{ experiment, predicts, replay, records, views, view, inClass, sound, place, pointed, milestone },
      choose: (figure) => this.choose(figure),
      again: this.isRecordingMissing ? () => void this.loadAgain() : undefined,
    };
  }

  /** The reader is at this place of the chart. @returns where the chart stands then, with the pictures of the inside */
  read(at: number | undefined): number | undefined {
    this.sound.read(at);
    return this.inside.read(at);
  }

  /** The wall of a hundred lives belongs here, and its answer may be seen. */
  get hasLives(): boolean {
    return this.lesson?.hasLives === true && this.view.isOpen;
  }

  /** What the learner has said and seen. */
  get soFar(): SoFar {
    const { predicts, view, experiment } = this;
    return {
      prediction: predicts.committed ? predicts.prediction : undefined,
      seen: predicts.stage === 'open',
      points: view.comparison?.points,
      outcome: view.whose === 'own' ? experiment.run.findings?.verdict.outcome : undefined,
    };
  }

  /** Where the marked moment lies on the chart. */
  get place(): Place | undefined {
    return this.mark === undefined ? undefined : placeOf(this.view.shown?.figures ?? [], this.mark);
  }

  /** What the marked moment means, in words. */
  get pointed(): string | undefined {
    if (this.mark === undefined) return undefined;
    const meaning = this.prose?.marks[this.mark] ?? '';
    return this.place ? meaning : strings.markNotHere(meaning);
  }

  redraw(): void {
    this.host.requestUpdate();
  }

  /** What was asked stays; what follows is there when the learner has predicted, or seen a result. */
  isOpen(section: string): boolean {
    const hasExperiment = this.lesson !== undefined || !this.loaded;
    if (section === BEFORE || !hasExperiment || this.opened.has(section)) return true;
    return section === AFTER_PREDICTION ? this.predicts.committed : this.view.isOpen;
  }

  openSections(...sections: readonly string[]): void {
    for (const section of sections) this.opened.add(section);
    this.host.requestUpdate();
  }

  private choose(figure: string): void {
    this.set({ figure, mark: undefined });
  }

  /** A word of the text points into the chart, or no longer. */
  show(mark: string): void {
    this.mark = this.mark === mark ? undefined : mark;
    if (this.mark !== undefined) this.views.reveal(mark);
    const { place } = this;
    this.set(place ? { figure: this.view.shown?.figures[place.figure]?.name } : {});
  }

  /** The recorded run is asked for once more. */
  private async loadAgain(): Promise<void> {
    await askAgain();
    await this.loadRecording();
  }

  private set(change: Partial<Pick<LessonModel, 'figure' | 'mark'>>): void {
    Object.assign(this, change);
    this.host.requestUpdate();
  }

  private async load(): Promise<void> {
    const { around } = this;
    await this.loadProse();
    [this.lesson] = await Promise.all([around.curriculum().lesson(around.name()), this.loadRecording()]);
    this.loaded = true;
    this.host.requestUpdate();
    if (!this.lesson) return;
    const device = await around
      .lab()
      .device()
      .catch(() => undefined);
    await this.records.link.ready;
    this.experiment.prepare(this.lesson, device);
    await this.experiment.open();
  }

  /** A lesson is there without its recording, too. */
  private async loadRecording(): Promise<void> {
    const { size } = this.experiment.applied;
    this.recordedSize = size;
    try {
      const recording = await this.around.curriculum().recording(this.around.name(), size);
      if (size === this.recordedSize) this.recording = recording;
      this.isRecordingMissing = false;
    } catch {
      this.isRecordingMissing = true;
    }
    this.host.requestUpdate();
  }

  private async loadProse(): Promise<void> {
    this.spoken = language();
    this.prose = await this.around.curriculum().prose(this.around.name(), language());
    this.host.requestUpdate();
  }

  private onAnswer(): void {
    const { predicts } = this;
    if (predicts.isWaiting) this.replay.stop();
    this.figure = this.mark = undefined;
    this.experiment.onPrediction();
    if (predicts.committed) this.around.progress('begun');
  }

  private onMilestone(milestone: ExperimentMilestone): void {
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
  }
}
