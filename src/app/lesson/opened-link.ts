/** The link with which a lesson was opened: its settings are taken over, its prediction and result stand beside the learner's own. */
import type { ReactiveControllerHost } from 'lit';
import type { ChartSeries, Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import type { Figure, Lesson } from '../../lessons/lesson.ts';
import type { Question } from '../../lessons/question.ts';
import { FIRST_SEED } from '../../lessons/seed.ts';
import { accepted } from '../../problems.ts';
import { checkCosts, type Shared, SharedLink, unpackPrediction } from '../sharing/sharing.ts';
import { type Choice, choiceOf, planOf, withoutSeed } from './choice.ts';
import type * as Theirs from './lesson-theirs.ts';
import type { RecordsOf } from './records-of.ts';

export class OpenedLink {
  private readonly link: SharedLink;
  /** what the sender of the link had predicted */
  private theirs: Prediction | undefined;
  /** shows what the sender has predicted and found; loaded with the first link */
  private parts: typeof Theirs | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly of: RecordsOf,
  ) {
    this.link = new SharedLink(host, of.name, (...link) => this.apply(...link));
  }

  /** Settled when the link has been read, or where there is none. */
  get ready(): Promise<void> {
    return this.link.ready;
  }

  /** The link's settings are not those of the recorded run. */
  get isOther(): boolean {
    const { shared } = this.link;
    return shared !== undefined && (shared.seed !== FIRST_SEED || Object.keys(shared.changes).length > 0);
  }

  /** Holds a run that has ended against the one of the link. */
  compare(run: KeptRun): void {
    const { shared } = this.link;
    const isChanged =
      shared && JSON.stringify(choiceOf(shared)) !== JSON.stringify(this.of.experiment.applied);
    this.link.compare(run, isChanged);
  }

  /** What there is to say about the link. */
  render(): unknown {
    return this.link.render();
  }

  /** Prediction and result of the sender, in words. @param isSeen the learner has predicted, or asked to be shown */
  renderTheirs(isSeen: boolean): unknown {
    const { question } = this.of.content.lesson ?? {};
    return question && this.parts?.renderTheirs(question, this.theirs, this.link.shared?.result, isSeen);
  }

  /** The same as curves, for the figure that the question is about. */
  overlaysOn(figure: Figure | undefined, isSeen: boolean): ChartSeries[] {
    const { question } = this.of.content.lesson ?? {};
    if (!this.parts || !question || question.figure !== figure?.name) return [];
    return this.parts.theirCurves(question, this.theirs, this.link.shared?.result, isSeen);
  }

  /** Takes over what the link says. @throws Error that says why the link is refused */
  private async apply(shared: Shared, signal: AbortSignal, agreed: boolean): Promise<void> {
    const { name, curriculum, experiment, view, chart } = this.of;
    const lesson = await curriculum().lesson(name());
    this.parts ??= await import('./lesson-theirs.ts');
    await this.check(lesson, choiceOf(shared), agreed);
    signal.throwIfAborted();
    this.theirs = lesson && predictionIn(lesson.question, shared);
    const { figure, ...values } = shared.view;
    view.views.set(values);
    if (typeof figure === 'string') chart.show(figure);
    if (experiment.lesson) experiment.change(choiceOf(shared));
    else experiment.begin(choiceOf(shared));
  }

  /** @throws Error that says what the engine refuses, or that it asks for much and nobody has agreed */
  private async check(lesson: Lesson | undefined, choice: Choice, agreed: boolean): Promise<void> {
    const lab = this.of.lab();
    const items = lesson ? planOf(lesson, choice) : [];
    const checked = await lab.checkAll(items.flatMap((item) => ('spec' in item ? [item.spec] : [])));
    const costs = checked.map((each) => accepted(each).cost);
    // A lesson's own plan asks for little enough, whatever its seed.
    if (Object.keys(withoutSeed(choice.changes).others).length) await checkCosts(lab, costs, agreed);
  }
}

function predictionIn({ value, kind }: Question, shared: Shared): Prediction | undefined {
  return unpackPrediction(value, kind === 'number' ? 'level' : kind, shared);
}
