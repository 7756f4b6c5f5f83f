/** The learner's prediction on the page of a lesson: kept, drawn on the figure that has its axis, taken back. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type LabChart, measured, neutral, type Prediction } from '../../components/index.ts';
import type { Predicted } from '../prose.ts';
import { loadPrediction, savePrediction } from './prediction-store.ts';

export class PredictionControl implements ReactiveController {
  /** a plain number is kept as a level that no figure draws */
  prediction: Prediction | undefined;
  /** its handles are on the chart */
  predicting = false;

  /** @param changed the learner has made, moved or taken back the prediction */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lesson: () => string,
    private readonly changed: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.prediction = loadPrediction(this.lesson());
  }

  /** Made, and no longer being moved. */
  get committed(): boolean {
    return this.prediction !== undefined && !this.predicting;
  }

  /** What the figure of that name draws. */
  on(figure: string | undefined, predicted: Predicted | undefined): Prediction | undefined {
    return figure !== undefined && predicted?.figure === figure ? this.prediction : undefined;
  }

  /** Puts handles on the chart, which shows the figure of the prediction. */
  begin(kind: Prediction['kind'], chart: LabChart | null): void {
    this.predicting = true;
    if (!this.prediction && chart) {
      const { bounds, logX, logY } = chart;
      this.set(neutral(kind, bounds, { logX, logY }));
    } else {
      this.changed();
    }
    this.host.requestUpdate();
  }

  end(): void {
    this.predicting = false;
    this.host.requestUpdate();
    this.changed();
  }

  set(prediction: Prediction | undefined): void {
    this.prediction = prediction;
    if (!prediction) this.predicting = false;
    savePrediction(this.lesson(), prediction);
    this.host.requestUpdate();
    this.changed();
  }

  setNumber(value: number): void {
    this.set({ kind: 'level', points: [[0, value]] });
  }
}

/** The number that was said; a curve is none. */
export function saidOf({ kind }: Predicted, prediction: Prediction | undefined): number | undefined {
  const [x, y] = prediction?.points[0] ?? [];
  return kind === 'curve' ? undefined : kind === 'point' ? x : y;
}

/** A predicted or measured number with its unit. */
export function withUnit({ unit = '' }: Predicted, value: number): string {
  return measured(value, 3) + unit;
}
