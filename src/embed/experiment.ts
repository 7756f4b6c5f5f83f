/** The experiment behind a figure: a lesson's, or what a spec asks for, checked and within bounds. */
import type { Findings, PlannedItem, Results, Size } from '../lessons/lesson.ts';
import { SchemaError } from '../schema.ts';
import { cut } from '../show.ts';
import type { ExperimentLab, Problem, RunCost, SpecInput } from '../worker/protocol.ts';
import { excess, sayExcess, sumOfCosts } from '../lessons/bounds.ts';
import { changed, type Changes } from '../lessons/changes.ts';
import { judge } from '../lessons/judge.ts';
import { loadLesson } from './source.ts';
import { judgeSpec } from './spec-findings.ts';

/** What a reader may decide. */
export interface Choice {
  size: Size | 'auto';
  seed: number | undefined;
  changes: Changes;
}

export interface Experiment {
  /** @throws SchemaError */
  plan(size: Size, choice: Choice): Promise<PlannedItem[]>;
  judge(results: Results, size: Size): Findings;
}

export const FIRST_SEED = 1;
/** Runs of a sweep; more belong on the command line. */
const MOST_RUNS = 64;

export async function lessonExperiment(lab: ExperimentLab, name: string): Promise<Experiment> {
  const lesson = await loadLesson(name);
  return {
    async plan(size, { seed, changes }) {
      const plan = changed(lesson.plan(size, seed ?? FIRST_SEED), changes);
      // A lesson's own settings are known to be sane.
      if (Object.keys(changes).length) await checkPlan(lab, plan);
      return plan;
    },
    judge: (results, size) => judge(lesson, results, size),
  };
}

export function specExperiment(lab: ExperimentLab, spec: SpecInput): Experiment {
  const isSweep = 'spec' in spec || 'axes' in spec || 'compute' in spec;
  return {
    async plan(_size, { seed, changes }) {
      const seeded = withSeed(spec, seed, isSweep);
      const plan = changed(isSweep ? await sweepPlan(lab, seeded) : [{ key: 'run', spec: seeded }], changes);
      await checkPlan(lab, plan);
      return plan;
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
    throw new SchemaError(`spec: gives ${planned.runs.length} runs; a figure takes at most ${MOST_RUNS}`);
  }
  return planned.runs.toSorted((a, b) => a.order - b.order).map(({ key, spec }) => ({ key, spec: spec }));
}

/** @throws SchemaError for what is wrong, or asks for more than strangers may */
async function checkPlan(lab: ExperimentLab, plan: readonly PlannedItem[]): Promise<void> {
  const { software } = await lab.device();
  const costs: RunCost[] = [];
  for (const item of plan) {
    if (!('spec' in item)) continue;
    const checked = await lab.check(item.spec);
    if ('problems' in checked) throw problemsOf(checked, item.key);
    const above = excess(checked.cost, software);
    if (above) throw new SchemaError([{ path: cut(item.key, 60), message: sayExcess(above) }]);
    costs.push(checked.cost);
  }
  const above = excess(sumOfCosts(costs), software);
  if (above) throw new SchemaError(sayExcess(above));
}

function problemsOf({ problems }: { problems: readonly Problem[] }, key: string): SchemaError {
  return new SchemaError(problems.map(({ path, message }) => ({ path: path || cut(key, 60), message })));
}
