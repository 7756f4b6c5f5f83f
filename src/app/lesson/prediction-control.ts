/** What the learner expects, and whether the answer still waits for it; kept from visit to visit. */
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
  /** a plain number is kept as a level that no figure draws */
  prediction: Prediction | undefined;
  stage: AnswerStage = 'waiting';

  /** @param changed the answer waits no longer, or again */
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

  /** Said, or given up. */
  get committed(): boolean {
    return !this.isWaiting;
  }

  /** Enough is drawn to be held against a run. */
  get isReady(): boolean {
    return isDrawn(this.prediction);
  }

  /** What the figure of that name draws. */
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

  /** That is what the learner expects. */
  commit(): void {
    if (this.prediction && this.isWaiting) this.enter('predicted');
  }

  /** The answer is seen. */
  open(): void {
    if (this.stage !== 'open') this.enter('open');
  }

  /** Takes it back: the answer waits again. */
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

/** The points of a prediction, as questions are held against them. */
export const pointsOf = (prediction: Prediction | undefined): Points => prediction?.points ?? [];

/** The number that was said; a curve is none. */
export function saidOf({ kind }: Question, prediction: Prediction | undefined): number | undefined {
  const [x, y] = prediction?.points[0] ?? [];
  return kind === 'curve' ? undefined : kind === 'point' ? x : y;
}

/** A predicted or measured number with its unit. */
export function withUnit({ unit }: Pick<Question, 'unit'>, value: number): string {
  return measured(value, 3) + (unit ? say(unit) : '');
}
