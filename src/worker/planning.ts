/** What is checked and counted before anything is trained: single specs and sweeps. No GPU is asked. */
import * as v from 'valibot';
import { isObject, list, parse, record, SchemaError } from '../schema.ts';
import { costOf } from '../training/cost.ts';
import { parseSpec, taskOf } from '../training/spec.ts';
import { sweepTable, toCSV } from '../training/sweep-table.ts';
import { dataPerStep, expandSweep, parametersOf, parseSweep, shapeFirst, sixND } from '../training/sweep.ts';
import type { Checked, PlannedSweep, Problem, RunResult, SpecInput } from './protocol.ts';

/** Runs of a sweep that a page may open: more could not be shown, and belong on the command line. */
const MOST_RUNS = 400;

export function checkSpec(input: SpecInput): Checked {
  return orProblems(() => {
    const spec = parseSpec(input);
    const { task, options } = taskOf(spec);
    const rareShare = task.rareShare?.(options) ?? 0;
    return {
      spec,
      parameters: parametersOf(spec),
      flops: spec.replicas * sixND(spec),
      cost: costOf(spec),
      ...(rareShare > 0 && { rareShare }),
    };
  });
}

export function planSweep(input: Record<string, unknown>): PlannedSweep {
  return orProblems(() => {
    const sweep = parseSweep(input);
    const planned = expandSweep(sweep);
    if (planned.length > MOST_RUNS) {
      throw new SchemaError(
        `axes: give ${planned.length} runs; the page takes at most ${MOST_RUNS}, the command line more`,
      );
    }
    const order = new Map(shapeFirst(planned).map((run, i) => [run, i]));
    const runs = planned.map((run) => {
      const { spec, values } = run;
      const N = parametersOf(spec);
      const D = dataPerStep(spec) * spec.steps;
      return { key: keyOf(values), order: order.get(run)!, spec, values, N, D, C: 6 * N * D };
    });
    return { runs, flops: runs.reduce((sum, { spec, C }) => sum + spec.replicas * C, 0) };
  });
}

/** What a table reads of a result; metrics that are no number are none. */
const metrics = record(v.string(), v.union([v.number(), v.nan()]), 1000, 'must be numbers by name');
const sets = record(
  v.string(),
  list(metrics, 1024, 'must be a record for each replica'),
  100,
  'must be sets',
);
const Tabled = v.looseObject(
  {
    spec: v.looseObject({ replicas: v.number() }, 'must be a spec'),
    parameters: v.number('must be a number'),
    step: v.number('must be a number'),
    outcome: v.string('must be an outcome'),
    evaluations: list(v.looseObject({ sets }), 100_000, 'must be a list of evaluations'),
  },
  'must be the result of a run',
);

/** The results of a sweep as the command line's table. @param results by the keys of `planSweep` */
export function tableOfSweep(input: Record<string, unknown>, results: Record<string, RunResult>): string {
  const planned = expandSweep(parseSweep(input));
  if (!isObject(results)) throw new SchemaError('results: must be results by the keys of runs');
  const byId = planned.flatMap((run): [string, RunResult][] => {
    const key = keyOf(run.values);
    const result = Object.hasOwn(results, key) ? results[key] : undefined;
    if (result === undefined) return [];
    const { replicas } = parse(Tabled, result, 'results').spec;
    if (replicas !== run.spec.replicas) throw new SchemaError('results: are of a run with other replicas');
    return [[run.id, result]];
  });
  return toCSV(sweepTable(planned, new Map(byId)));
}

/** Where a run lies on the axes, in words that are its own within the sweep. */
function keyOf(values: Record<string, unknown>): string {
  const parts = Object.entries(values).map(([path, value]) => {
    const shown = Array.isArray(value) ? value.join('·') : String(value);
    return `${path.split('.').at(-1)!} ${shown || '–'}`;
  });
  return parts.join(', ') || 'run';
}

/** Errors of a schema are answers: a page shows each at its field. */
function orProblems<T>(work: () => T): T | { problems: Problem[] } {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { problems: [...error.problems] };
  }
}
