/** The results of a sweep as a table: one row per replica, the same bits however often the sweep was interrupted. */
import { writeCSV } from '../../csv.ts';
import { divergencesOf } from '../../replicas.ts';
import type { RunResult } from '../results/result.ts';
import { replicaSeed } from './spec.ts';
import { dataPerStep, flopsPerStep, withoutTables } from './flops.ts';
import { type PlannedRun } from './sweep.ts';

export interface SweepTable {
  columns: string[];
  rows: (number | string)[][];
}

/** What was to be spent is not what was: `lab fit` takes C, and nothing else that is called compute. */
const TITLES: Readonly<Record<string, string>> = { compute: 'planned C' };

/**
 * Columns: the axes (`compute` as `planned C`), then replica, its own seed, N parameters, those of them that are no table of
 * embeddings, D examples or tokens, C FLOPs of the graph and by the rule 6 N D, outcome, loss (the last
 * of the validation set, nats or mean squared error), and every metric of the last evaluation as `set.metric`.
 * Runs without a result have no row. A replica that diverged has one with its own outcome, D and C, and without numbers of
 * quality, which no fit can take for what its size and data reach. Times are left out: they differ from run to run.
 */
export function sweepTable(runs: readonly PlannedRun[], results: ReadonlyMap<string, RunResult>): SweepTable {
  const axes = unique(runs.flatMap(({ values }) => Object.keys(values))).filter((axis) => axis !== 'seed');
  const records = runs.flatMap((run) => {
    const result = results.get(run.id);
    return result ? recordsOf(run, result) : [];
  });
  const metrics = unique(records.flatMap(({ metrics }) => Object.keys(metrics)));
  const columns = [
    ...axes.map((axis) => TITLES[axis] ?? axis),
    'replica',
    'seed',
    'N',
    'N without tables',
    'D',
    'C',
    '6 N D',
    'outcome',
    'loss',
    ...metrics,
  ];
  return {
    columns,
    rows: records.map(({ values, facts, metrics: own }) => [
      ...axes.map((axis) => cell(values[axis])),
      ...facts,
      own['validation.loss'] ?? NaN,
      ...metrics.map((metric) => own[metric] ?? NaN),
    ]),
  };
}

/** NaN is an empty cell. */
export function toCSV({ columns, rows }: SweepTable): string {
  return writeCSV([columns, ...rows]);
}

interface ReplicaRecord {
  values: Record<string, unknown>;
  facts: (number | string)[];
  metrics: Record<string, number>;
}

function recordsOf({ values }: PlannedRun, result: RunResult): ReplicaRecord[] {
  const { spec, parameters, outcome } = result;
  const diverged = new Map(divergencesOf(result).map(({ replica, step }) => [replica, step]));
  const sets = Object.entries(result.evaluations.at(-1)?.sets ?? {});
  return Array.from({ length: spec.replicas }, (_, r) => {
    // D and C of a replica that diverged count up to that step; its loss and metrics stay empty.
    const isOut = outcome === 'diverged' || diverged.has(r);
    const steps = diverged.get(r) ?? result.step;
    const data = dataPerStep(spec) * steps;
    return {
      values,
      facts: [
        r,
        replicaSeed(spec, r),
        parameters,
        withoutTables(spec),
        data,
        flopsPerStep(spec) * steps,
        6 * parameters * data,
        isOut ? 'diverged' : outcome,
      ],
      metrics: Object.fromEntries(
        (isOut ? [] : sets).flatMap(([set, replicas]) =>
          Object.entries(replicas[r]!).map(([metric, value]) => [`${set}.${metric}`, value]),
        ),
      ),
    };
  });
}

function cell(value: unknown): number | string {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
