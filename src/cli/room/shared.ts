/** An experiment as it is handed out: the cells of a lesson's own plan, or of a sweep. */
import { createHash } from 'node:crypto';
import { type HandItem, resultText } from '../../class/hands.ts';
import type { Plan } from '../../class/live.ts';
import { readJSON } from '../../json.ts';
import { findLesson } from '../../lessons/index.ts';
import type { Experiment, PlannedCell } from '../../room/hands.ts';
import { MOST_LOSSES, MOST_RUNS } from '../../room/limits.ts';
import { SchemaError } from '../../schema.ts';
import { parseResult } from '../../training/results/parse-result.ts';
import { flopsOf } from '../../training/spec/flops.ts';
import { begunWith, identityOf } from '../../training/spec/identity.ts';
import { parseSpec, type RunSpec } from '../../training/spec/spec.ts';
import { expandSweep, keyOf, parseSweep, shapeFirst } from '../../training/spec/sweep.ts';
import { digestOf } from '../digest.ts';

/** The last one that was asked for: what a plan says beside its experiment changes often. */
let last: { name: string; experiment: Experiment | undefined } | undefined;

/** Nothing where there is none, or none that can be handed out: measurements are of one device. */
export function experimentOf(plan: Plan): Experiment | undefined {
  const name = nameOf(plan);
  if (last?.name !== name) last = { name, experiment: makeExperiment(name, plan) };
  return last.experiment;
}

const nameOf = ({ sweep, lesson, size, seed }: Plan): string =>
  sweep === undefined
    ? `${lesson}/${size}/${seed}`
    : `sweep/${createHash('sha256').update(sweep).digest('hex').slice(0, 16)}`;

function makeExperiment(name: string, plan: Plan): Experiment | undefined {
  const items = plan.sweep === undefined ? ofLesson(plan) : ofSweep(plan.sweep);
  const specs = new Map(items?.map(({ key, spec }) => [key, parseSpec(spec)]));
  const isBounded = [...specs.values()].every(({ steps, replicas }) => steps * replicas <= MOST_LOSSES);
  if (!items || items.length === 0 || items.length > MOST_RUNS || !isBounded) return undefined;
  return {
    name,
    cells: cellsOf(items, specs),
    check(key, input) {
      const spec = specs.get(key);
      if (!spec) throw SchemaError.at('key', 'is no run of this experiment');
      const result = parseResult(input, { spec });
      if (result.outcome === 'paused') throw SchemaError.at('outcome', 'is that of a run that has not ended');
      return { device: result.device, digest: digestOf(result), text: resultText(result) };
    },
  };
}

/** What is looked at while it trains stays with who trains alone: the run is the same without. */
function ofLesson({ lesson, size, seed }: Plan): HandItem[] | undefined {
  const items = findLesson(lesson)?.plan(size, seed);
  if (!items || items.some((item) => 'benchmark' in item)) return undefined;
  return items.flatMap((item) =>
    'spec' in item
      ? [{ key: item.key, spec: item.spec, ...(item.from !== undefined && { from: item.from }) }]
      : [],
  );
}

function ofSweep(text: string): HandItem[] | undefined {
  try {
    const runs = expandSweep(parseSweep(readJSON(text, 'sweep', { characters: text.length })));
    return shapeFirst(runs).map(({ values, spec }) => ({ key: keyOf(values), spec: { ...spec } }));
  } catch (error) {
    // A page has told whoever chose it what is wrong.
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

/** Runs that begin with one another's weights are one cell, as weights are not sent. */
function cellsOf(items: readonly HandItem[], specs: ReadonlyMap<string, RunSpec>): PlannedCell[] {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const rootOf = ({ key, from }: HandItem): string => (from === undefined ? key : rootOf(byKey.get(from)!));
  const identity = ({ key, from }: HandItem): Required<ReturnType<typeof identityOf>> => {
    const own = identityOf(specs.get(key)!);
    return from === undefined ? own : begunWith(own, identity(byKey.get(from)!));
  };
  const cells = new Map<string, HandItem[]>();
  for (const item of items) {
    const root = rootOf(item);
    cells.set(root, [...(cells.get(root) ?? []), item]);
  }
  const cost = ({ key }: HandItem): number => specs.get(key)!.replicas * flopsOf(specs.get(key)!);
  return [...cells].map(([root, own]) => ({
    id: identity(byKey.get(root)!).id,
    cost: own.reduce((sum, item) => sum + cost(item), 0),
    items: own.map((item) => ({ ...item, run: identity(item).id })),
  }));
}
