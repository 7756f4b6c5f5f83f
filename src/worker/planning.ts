/** What is checked and counted before anything is trained: single specs and sweeps. No GPU is asked. */
import * as v from 'valibot';
import { refusal } from '../refusal.ts';
import { list, parse, record, SchemaError } from '../schema.ts';
import { costOf } from '../training/spec/cost.ts';
import { parseSpec, taskOf } from '../training/spec/spec.ts';
import { dataPerStep, parametersOf, flopsOf } from '../training/spec/flops.ts';
import { expandSweep, keyOf, parseSweep, shapeFirst } from '../training/spec/sweep.ts';
import type { Checked, PlannedSweep, Problem, SpecInput } from './protocol.ts';

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
      flops: spec.replicas * flopsOf(spec),
      cost: costOf(spec),
      ...(rareShare > 0 && { rareShare }),
    };
  });
}

const Specs = list(
  record(v.string(), v.unknown(), 200, 'must be an object'),
  10_000,
  'must be a list of specs',
);

/** @throws SchemaError where they are no list of objects */
export const checkSpecs = (inputs: readonly SpecInput[]): Checked[] =>
  parse(Specs, inputs, 'specs').map(checkSpec);

export function planSweep(input: Record<string, unknown>): PlannedSweep {
  return orProblems(() => {
    const sweep = parseSweep(input);
    const planned = expandSweep(sweep);
    if (planned.length > MOST_RUNS) {
      throw refusal('axes', 'too-many-here', planned.length, MOST_RUNS);
    }
    const order = new Map(shapeFirst(planned).map((run, i) => [run, i]));
    const runs = planned.map((run) => {
      const { spec, values } = run;
      const N = parametersOf(spec);
      const D = dataPerStep(spec) * spec.steps;
      const cost = costOf(spec);
      return { key: keyOf(values), order: order.get(run)!, spec, values, N, D, C: flopsOf(spec), cost };
    });
    return { runs, flops: runs.reduce((sum, { spec, C }) => sum + spec.replicas * C, 0) };
  });
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
