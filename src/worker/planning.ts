/** What is checked and counted before anything is trained: single specs and sweeps. No GPU is asked. */
import { SchemaError } from '../schema.ts';
import { costOf } from '../training/cost.ts';
import { parseSpec, taskOf } from '../training/spec.ts';
import { dataPerStep, expandSweep, parametersOf, parseSweep, shapeFirst, sixND } from '../training/sweep.ts';
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

/** Where a run lies on the axes, in words that are its own within the sweep. */
export function keyOf(values: Record<string, unknown>): string {
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
