/** The experiment that a spec or a sweep asks for, and changes to a lesson's: anybody's text, checked and within bounds. */
import { excess, MOST_RUNS, sayExcess, sumOfCosts } from '../lessons/bounds.ts';
import { changed, type Changes } from '../lessons/changes.ts';
import type { PlannedItem } from '../lessons/lesson.ts';
import { SchemaError } from '../problems.ts';
import { EXCESS_PROBLEMS } from '../excess-words.ts';
import { problemAt, refusalOf } from '../refusal.ts';
import { cut } from '../show.ts';
import type { ExperimentLab, Problem, SpecInput } from '../worker/protocol.ts';
import type { Experiment } from './experiment.ts';
import { judgeSpec } from './spec-findings.ts';

export function specExperiment(lab: ExperimentLab, spec: SpecInput): Experiment {
  const isSweep = 'spec' in spec || 'axes' in spec || 'compute' in spec;
  return {
    async plan(_size, { seed, changes }) {
      const seeded = withSeed(spec, seed, isSweep);
      return checkedPlan(
        lab,
        isSweep ? await sweepPlan(lab, seeded) : [{ key: 'run', spec: seeded }],
        changes,
      );
    },
    judge: judgeSpec,
  };
}

function withSeed(spec: SpecInput, seed: number | undefined, isSweep: boolean): SpecInput {
  if (seed === undefined) return spec;
  return isSweep ? { ...spec, spec: { ...(spec.spec as SpecInput | undefined), seed } } : { ...spec, seed };
}

async function sweepPlan(lab: ExperimentLab, sweep: SpecInput): Promise<PlannedItem[]> {
  const planned = await lab.plan(sweep);
  if ('problems' in planned) throw problemsOf(planned, 'spec');
  if (planned.runs.length > MOST_RUNS) {
    throw refusalOf(EXCESS_PROBLEMS)('spec', 'many-in-figure', planned.runs.length, MOST_RUNS);
  }
  return planned.runs.toSorted((a, b) => a.order - b.order).map(({ key, spec }) => ({ key, spec: spec }));
}

/**
 * The plan with these changes.
 * @throws SchemaError for what is wrong, or asks for more than strangers may
 */
export async function checkedPlan(
  lab: ExperimentLab,
  before: readonly PlannedItem[],
  changes: Changes,
): Promise<PlannedItem[]> {
  const plan = changed(before, changes);
  const { software } = await lab.device();
  const runs = plan.filter((item) => 'spec' in item);
  const costs = (await lab.checkAll(runs.map(({ spec }) => spec))).map((checked, i) => {
    const { key } = runs[i]!;
    if ('problems' in checked) throw problemsOf(checked, key);
    const above = excess(checked.cost, software);
    if (above) throw new SchemaError([problemAt(cut(key, 60), sayExcess(above))]);
    return checked.cost;
  });
  const above = excess(sumOfCosts(costs), software);
  if (above) throw new SchemaError([problemAt('', sayExcess(above))]);
  return plan;
}

function problemsOf({ problems }: { problems: readonly Problem[] }, key: string): SchemaError {
  return new SchemaError(problems.map((problem) => ({ ...problem, path: problem.path || cut(key, 60) })));
}
