/** Models of FactsWorld that are trained to the end of their own schedule, by width and steps. */
import type { PlannedItem, Results } from '../lesson.ts';
import type { RunResult } from '../../worker/protocol.ts';
import { factsSpec } from './facts.ts';
import { dataSeen, finished, lastMetric, trainingCompute } from './runs.ts';

export interface Model {
  run: RunResult;
  width: number;
  /** parameters, examples, training FLOPs of the graph */
  N: number;
  D: number;
  C: number;
  /** exact test loss at the end, nats */
  loss: number;
}

export const keyOf = (width: number, steps: number): string => `w${width}-s${steps}`;

/** @param pool examples, the same for all models that are compared */
export function modelItem(width: number, steps: number, seed: number, pool: number): PlannedItem {
  return {
    key: keyOf(width, steps),
    spec: factsSpec({ width, steps, seed, pool, evaluate: { every: steps / 5 } }),
  };
}

/** The model, or none where its run is missing, was stopped or diverged. */
export function modelOf(results: Results, width: number, steps: number): Model[] {
  const run = finished(results, keyOf(width, steps));
  const loss = run ? lastMetric(run, 'facts', 'exactLoss') : NaN;
  if (!run || !(loss > 0)) return [];
  return [{ run, width, N: run.parameters, D: dataSeen(run), C: trainingCompute(run), loss }];
}
