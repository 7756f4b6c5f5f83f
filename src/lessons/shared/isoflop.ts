/** FactsWorld's MLPs at equal compute: budgets C, and widths that each spends it on, to the end of their schedule. */
import type { RunResult } from '../../worker/protocol.ts';
import type { PlannedItem, Results } from '../lesson.ts';
import { factsExampleFlops, factsPool, factsSpec, factsWithoutTables } from './facts.ts';
import { independent, lastMetrics } from './replicas.ts';
import { dataSeen, finished, lastMetric, trainingCompute } from './runs.ts';

export interface Budget {
  /** FLOPs of the graph */
  C: number;
  widths: number[];
}

export interface IsoflopDesign {
  batch: number;
  /** at width 8 */
  learningRate: number;
  budgets: Budget[];
}

export const ISOFLOP: Record<'small' | 'standard', IsoflopDesign> = {
  small: {
    batch: 256,
    learningRate: 3.5e-2,
    budgets: [
      { C: 6e8, widths: [4, 6, 8, 12, 16, 24] },
      { C: 2e9, widths: [6, 8, 12, 16, 24, 32] },
      { C: 6e9, widths: [12, 16, 24, 32, 48, 64] },
    ],
  },
  standard: {
    batch: 512,
    learningRate: 5e-2,
    budgets: [
      { C: 3e9, widths: [8, 12, 16, 24, 32, 48] },
      { C: 1e10, widths: [12, 16, 24, 32, 48, 64, 96] },
      { C: 3e10, widths: [16, 24, 32, 48, 64, 96, 128] },
    ],
  },
};

export interface IsoflopModel {
  /** planned FLOPs: the budget that the run belongs to */
  budget: number;
  run: RunResult;
  N: number;
  /** of N, those that are no table of embeddings */
  withoutTables: number;
  D: number;
  /** FLOPs of the graph */
  C: number;
  /** exact test loss at the end, nats; mean over the replicas */
  loss: number;
  /** of each replica, NaN where it diverged */
  losses: number[];
}

const keyOf = (C: number, width: number): string => `c${C.toExponential().replace('+', '')}-w${width}`;

export function isoflopKeys(budgets: readonly Budget[]): string[] {
  return budgets.flatMap(({ C, widths }) => widths.map((width) => keyOf(C, width)));
}

/** The most examples that a run of the design draws. */
export function isoflopExamples({ batch, budgets }: IsoflopDesign): number {
  return Math.max(...budgets.map(({ C, widths }) => batch * stepsFor(C, widths[0]!, batch)));
}

/**
 * @param pool examples, where other runs of the same plan need more
 * @param replicas of each model, with weights and an order of examples of its own
 */
export function isoflopPlan(
  design: IsoflopDesign,
  seed: number,
  { pool = factsPool(isoflopExamples(design)), replicas = 1 } = {},
): PlannedItem[] {
  const { batch, learningRate, budgets } = design;
  return budgets.flatMap(({ C, widths }) =>
    widths.map((width) => ({
      key: keyOf(C, width),
      spec: {
        ...factsSpec({ width, steps: stepsFor(C, width, batch), seed, batch, learningRate, pool }),
        ...independent(replicas),
      },
    })),
  );
}

function stepsFor(C: number, width: number, batch: number): number {
  return Math.round(C / (factsExampleFlops(width) * batch));
}

/** The models that are there: missing runs, and those that were stopped or diverged, are left out. */
export function isoflopModels(results: Results, { budgets }: IsoflopDesign): IsoflopModel[] {
  return budgets.flatMap(({ C, widths }) => widths.flatMap((width) => modelOf(results, C, width)));
}

function modelOf(results: Results, budget: number, width: number): IsoflopModel[] {
  const run = finished(results, keyOf(budget, width));
  const loss = run ? lastMetric(run, 'facts', 'exactLoss') : NaN;
  if (!run || !(loss > 0)) return [];
  const { parameters: N } = run;
  const D = dataSeen(run);
  return [
    {
      budget,
      run,
      N,
      withoutTables: factsWithoutTables(width),
      D,
      C: trainingCompute(run),
      loss,
      losses: lastMetrics(run, 'facts', 'exactLoss'),
    },
  ];
}
