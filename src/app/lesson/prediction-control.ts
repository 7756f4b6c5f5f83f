/** The learner's prediction, and whether the answer is still hidden; kept from visit to visit. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isDrawn, measured, type Prediction } from '../../components/index.ts';
import type { Points, Question } from '../../lessons/question.ts';
import { say } from '../../figures/series.ts';
import {
  type AnswerStage,
  loadPrediction,
  loadStage,
  savePrediction,
  saveStage,
} from './prediction-store.ts';

export class PredictionControl implements ReactiveController {
  /** a question for a plain number has a `level` here, which no figure draws */
  prediction: Prediction | undefined;
  stage: AnswerStage = 'waiting';

  /** @param changed is called when the stage changes */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lesson: () => string,
    private readonly changed: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.prediction = loadPrediction(this.lesson());
    this.stage = loadStage(this.lesson(), this.prediction);
  }

  get isWaiting(): boolean {
    return this.stage === 'waiting';
  }

  /** The prediction was made, or given up. */
  get committed(): boolean {
    return !this.isWaiting;
  }

  /** Enough is drawn to be compared with a result. */
  get isReady(): boolean {
    return isDrawn(this.prediction);
  }

  /** The prediction that the figure of that name draws. */
  on(figure: string | undefined, question: Question | undefined): Prediction | undefined {
    const isDrawn = question?.kind !== 'number' && figure !== undefined && question?.figure === figure;
    return isDrawn ? this.prediction : undefined;
  }

  set(prediction: Prediction | undefined): void {
    this.prediction = prediction;
    savePrediction(this.lesson(), prediction);
    this.host.requestUpdate();
  }

  setNumber(value: number): void {
    this.set({ kind: 'level', points: [[0, value]] });
  }

  /** The learner is sure. */
  commit(): void {
    if (this.prediction && this.isWaiting) this.enter('predicted');
  }

  /** Shows the answer. */
  open(): void {
    if (this.stage !== 'open') this.enter('open');
  }

  /** Takes the prediction back, and hides the answer again. */
  again(): void {
    this.set(undefined);
    this.enter('waiting');
  }

  private enter(stage: AnswerStage): void {
    this.stage = stage;
    saveStage(this.lesson(), stage);
    this.host.requestUpdate();
    this.changed();
  }
}

/** The points of a prediction, as it is compared with results. */
export const pointsOf = (prediction: Prediction | undefined): Points => prediction?.points ?? [];

/** The predicted number; undefined for a curve. */
export function saidOf({ kind }: Question, prediction: Prediction | undefined): number | undefined {
  const [x, y] = prediction?.points[0] ?? [];
  return kind === 'curve' ? undefined : kind === 'point' ? x : y;
}

/** A predicted or measured number with its unit. */
export function withUnit({ unit }: Pick<Question, 'unit'>, value: number): string {
  return measured(value, 3) + (unit ? say(unit) : '');
}
