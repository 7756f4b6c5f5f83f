/** The chart of a lesson: which figure stands on it, what may be drawn there, and the moment that a word of the text points to. */
import type { Asked, ChartFrame } from '../../components/index.ts';
import { shownFigure } from '../../figures/figure.ts';
import { type Place, placeOf } from '../../figures/marks.ts';
import { say } from '../../figures/series.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { LessonContent } from './lesson-content.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';
import type { LessonView } from './lesson-view.ts';
import { LivingFigure } from './living-figure.ts';
import type { PredictionControl } from './prediction-control.ts';

export class LessonChart {
  /** name of the figure that was chosen, by hand or by a link */
  figure: string | undefined;
  /** name of the marked moment */
  mark: string | undefined;
  private readonly living = new LivingFigure();

  constructor(
    private readonly host: { requestUpdate(): void },
    private readonly content: LessonContent,
    private readonly experiment: LessonExperiment,
    private readonly predicts: PredictionControl,
    private readonly view: LessonView,
  ) {}

  /** The figure that is on the chart: the chosen one, or else the one that the run under way adds to. */
  get chosen(): Figure | undefined {
    const { findings, phase } = this.experiment.run;
    const figures = this.view.shown?.figures ?? [];
    const isLive = phase === 'running' && !this.predicts.isWaiting;
    const living = this.living.in(isLive ? findings : undefined);
    // A learner who has predicted a number first sees how close it was; a drawn curve is seen beside the result.
    const isDrawn = this.content.lesson?.question.kind === 'curve';
    const climax =
      this.view.comparison && !isDrawn && phase !== 'running' ? this.view.climax?.name : undefined;
    return shownFigure(figures, this.figure ?? living ?? climax);
  }

  /** On the figure of the question, the axes stay as the question has them. */
  get frame(): ChartFrame | undefined {
    const { question } = this.content.lesson ?? {};
    if (!question || this.chosen?.name !== question.figure) return undefined;
    return { x: question.x.range, y: question.y.range };
  }

  /** What the learner is asked to draw. */
  get asked(): Asked | undefined {
    const { question } = this.content.lesson ?? {};
    if (!question || question.kind === 'number' || !this.predicts.isWaiting) return undefined;
    const { kind, from, to, hint } = question;
    return { kind, from, to, hint: say(hint) };
  }

  /** Where the marked moment lies on the chart. */
  get place(): Place | undefined {
    return this.mark === undefined ? undefined : placeOf(this.view.shown?.figures ?? [], this.mark);
  }

  /** What the marked moment means, in words. */
  get pointed(): string | undefined {
    if (this.mark === undefined) return undefined;
    const meaning = this.content.prose?.marks[this.mark] ?? '';
    return this.place ? meaning : strings.markNotHere(meaning);
  }

  /** Puts a figure on the chart; a marked moment stays marked. */
  show(figure: string): void {
    this.figure = figure;
    this.host.requestUpdate();
  }

  /** Somebody has chosen a figure: no moment is marked any more. */
  choose(figure: string): void {
    this.mark = undefined;
    this.show(figure);
  }

  /** Marks a moment of the text; when it is marked already, it is no longer. */
  toggleMark(mark: string): void {
    this.mark = this.mark === mark ? undefined : mark;
    if (this.mark !== undefined) this.view.views.reveal(mark);
    const { place } = this;
    if (place) this.figure = this.view.shown?.figures[place.figure]?.name;
    this.host.requestUpdate();
  }

  /** Nothing is chosen or marked. */
  clear(): void {
    this.figure = this.mark = undefined;
  }
}
