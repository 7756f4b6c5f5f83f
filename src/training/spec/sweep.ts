/**
 * Sweeps: many runs as one piece of data, the same in the page and on the command line.
 *
 *   { "spec": {…}, "axes": [{ "model.embedding": [4, 8], "model.hidden": [[16], [32]] }, { "seed": [1, 2] }] }
 *
 * All combinations of the axes; the paths of one axis go together, value by value. With `compute`, each run gets as
 * many steps as its budget pays for.
 */
import * as v from 'valibot';
import { setPath } from '../../path.ts';
import { inEnglish, says } from '../../problem-words.ts';
import { refusal } from '../../refusal.ts';
import { numbers, options, string } from '../../option-schema.ts';
import { list, message, parse, record, SchemaError } from '../../schema.ts';
import { show, showKey, showSetting } from '../../show.ts';
import { flopsOf, flopsPerStep } from './flops.ts';
import { identityOf, type Identified } from './identity.ts';
import type { Watch } from '../results/snapshot.ts';
import { MOST_STEPS, parseSpec, type RunSpec } from './spec.ts';

const MOST_RUNS = 10_000;
/** Axes of a sweep, and paths of one of them. */
const MOST_PATHS = 50;

/** Budgets go by one schema, at the top and as an axis. */
const Budgets = numbers(
  [],
  { most: 100, min: 1, max: 1e18 },
  'Budgets C in FLOPs, an axis of its own: each run trains for as many steps as C pays for, by the FLOPs of its graph.',
);

const Axis = record(
  v.string(),
  list(v.unknown(), MOST_RUNS, message('values', MOST_RUNS)),
  MOST_PATHS,
  message('axis'),
);

const Schema = options({
  name: string('', 0, 100, 'What the sweep is about.'),
  spec: record(v.string(), v.unknown(), MOST_PATHS, message('base-spec')),
  axes: v.optional(list(Axis, MOST_PATHS, message('axes', MOST_PATHS)), []),
  compute: Budgets,
});

export type Sweep = v.InferOutput<typeof Schema>;

/** Values of a run that a message quotes. */
const MOST_DESCRIBED = 4;

/** One run of a plan. */
export interface PlannedRun extends Identified {
  spec: RunSpec;
  /** the run of the same plan with whose final weights this one begins */
  from?: string;
  /** what is looked at while it trains; the run is the same without */
  watch?: Watch;
  /** it trains side by side with those of the plan that do, too (plan/side-by-side.ts) */
  beside?: boolean;
  /** where it lies on the axes, for tables */
  values: Record<string, unknown>;
  /** how many halvings of the axes lead to it: 0 at their ends */
  level: number;
}

/** @throws SchemaError with a line per wrong key */
export function parseSweep(input: unknown): Sweep {
  const sweep = parse(Schema, input);
  for (const [i, axis] of sweep.axes.entries()) {
    const lengths = Object.values(axis).map((values) => values.length);
    if (Object.hasOwn(axis, 'compute')) parse(Budgets, axis.compute, `axes.${i}.compute`);
    if (lengths.length === 0 || lengths.includes(0)) throw refusal(`axes.${i}`, 'no-values');
    if (new Set(lengths).size > 1) {
      throw refusal(`axes.${i}`, 'not-together', show(lengths));
    }
  }
  const runs = axesOf(sweep).reduce((product, axis) => product * axis.length, 1);
  if (runs > MOST_RUNS) throw refusal('axes', 'too-many-runs', runs, MOST_RUNS);
  return sweep;
}

/**
 * All runs of a sweep, in the order of its axes, the last axis fastest.
 * @throws SchemaError that names the run whose spec is wrong
 */
export function expandSweep(sweep: Sweep): PlannedRun[] {
  const runs: PlannedRun[] = [];
  const seen = new Set<string>();
  const axes = axesOf(sweep);
  const total = axes.reduce((product, axis) => product * axis.length, 1);
  for (let i = 0; i < total; i++) {
    let rest = i;
    let level = 0;
    let values: Record<string, unknown> = {};
    for (const axis of axes.toReversed()) {
      const at = rest % axis.length;
      rest = Math.floor(rest / axis.length);
      level = Math.max(level, levelOf(at, axis.length));
      values = { ...axis[at], ...values };
    }
    const run = planRun(sweep.spec, values, level);
    if (seen.has(run.id)) throw refusal('axes', 'same-runs', describe(values));
    seen.add(run.id);
    runs.push(run);
  }
  return runs;
}

/** A spec with some values put in. */
export function planRun(
  base: Record<string, unknown>,
  values: Record<string, unknown>,
  level = 0,
): PlannedRun {
  const { compute, ...paths } = values;
  try {
    let input = base;
    for (const [path, value] of Object.entries(paths)) input = setPath(input, path, value);
    let spec = parseSpec(input);
    if (compute !== undefined) spec = { ...spec, steps: affordableSteps(spec, compute as number) };
    return { ...identityOf(spec), spec, values, level };
  } catch (error) {
    if (!(error instanceof SchemaError) || Object.keys(values).length === 0) throw error;
    const run = describe(values);
    const inRun = (problem: string): string => inEnglish(says('in-run', run, problem));
    throw new SchemaError(
      error.problems.map((problem) => ({ ...problem, run, message: inRun(problem.message) })),
      inRun(error.message),
    );
  }
}

/** A run's values on the axes as text, different for each run of the sweep. */
export function keyOf(values: Record<string, unknown>): string {
  const parts = Object.entries(values).map(
    ([path, value]) => `${path.split('.').at(-1)!} ${showSetting(value) || '–'}`,
  );
  return parts.join(', ') || 'run';
}

/** The order in which a sweep shows its shape early: the ends of its axes, then the middles; cheap runs first. */
export function shapeFirst(runs: readonly PlannedRun[]): PlannedRun[] {
  const cost = new Map(runs.map((run) => [run, flopsOf(run.spec)]));
  return runs.toSorted((a, b) => a.level - b.level || cost.get(a)! - cost.get(b)!);
}

/** Part `index` (1 … of) of a sweep: every `of`-th run in the order of its axes. */
export function shard(runs: readonly PlannedRun[], index: number, of: number): PlannedRun[] {
  return runs.filter((_, i) => i % of === index - 1);
}

function affordableSteps(spec: RunSpec, compute: number): number {
  const perStep = flopsPerStep(spec);
  const steps = Math.round(compute / perStep);
  if (steps < 1) throw refusal('compute', 'no-step', compute, perStep);
  if (steps > MOST_STEPS) throw refusal('compute', 'too-many-steps', compute, steps, MOST_STEPS);
  return steps;
}

function axesOf({ axes, compute }: Sweep): Record<string, unknown>[][] {
  const points = axes.map((axis) =>
    Array.from({ length: Object.values(axis)[0]!.length }, (_, i) =>
      Object.fromEntries(Object.entries(axis).map(([path, values]) => [path, values[i]])),
    ),
  );
  if (compute.length) points.push(compute.map((compute) => ({ compute })));
  return points;
}

/** How often [0, length − 1] is halved until `at` is met: 0 for both ends. */
function levelOf(at: number, length: number): number {
  let [low, high] = [0, length - 1];
  for (let level = 0; ; level++) {
    if (at === low || at === high) return level;
    const middle = Math.floor((low + high) / 2);
    if (at < middle) high = middle;
    else low = middle;
  }
}

function describe(values: Record<string, unknown>): string {
  const parts = Object.entries(values).map(([path, value]) => `${showKey(path)} = ${show(value)}`);
  const more = parts.length - MOST_DESCRIBED;
  return [...parts.slice(0, MOST_DESCRIBED), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
