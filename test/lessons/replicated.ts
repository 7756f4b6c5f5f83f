/** Results of runs with several replicas, made up for the pure parts of lessons: no device is needed. */
import type { Lesson, Results, Size } from '../../src/lessons/lesson.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';
import { dataPerStep, flopsPerStep, parametersOf } from '../../src/training/spec/flops.ts';
import type { RunResult } from '../../src/worker/protocol.ts';

export interface At {
  key: string;
  spec: RunSpec;
  step: number;
  replica: number;
}

/** What is made up: metrics by held-out set. */
export type Scores = (at: At) => Record<string, Record<string, number>>;

export interface ReplicatedOptions {
  size?: Size;
  /** steps that are evaluated; by default ten, the last one among them */
  steps?: (spec: RunSpec) => number[];
  /** training loss before the update of a step */
  loss?: (at: At) => number;
  /** keys of runs that are missing */
  missing?: (key: string) => boolean;
  /** replicas whose loss is no number in the second half; a run of which all are such diverged */
  diverged?: (key: string, replica: number) => boolean;
  floor?: number;
}

/** The specs of a plan, parsed, by key; items that are no runs are left out. */
export function runSpecs(lesson: Lesson, size: Size, seed = 1): Map<string, RunSpec> {
  return new Map(
    lesson
      .plan(size, seed)
      .flatMap((item) => ('spec' in item ? [[item.key, parseSpec(item.spec)] as const] : [])),
  );
}

export function replicated(lesson: Lesson, scores: Scores, options: ReplicatedOptions = {}): Results {
  const { size = 'standard', missing = () => false } = options;
  const runs = new Map<string, RunResult>();
  for (const [key, spec] of runSpecs(lesson, size)) {
    if (!missing(key)) runs.set(key, runOf(key, spec, scores, options));
  }
  return { runs, benchmarks: new Map() };
}

function runOf(
  key: string,
  spec: RunSpec,
  scores: Scores,
  { steps = tenths, loss = ({ step }) => 4 / (1 + step), diverged = () => false, floor }: ReplicatedOptions,
): RunResult {
  const replicas = Array.from({ length: spec.replicas }, (_, replica) => replica);
  const lossAt = (replica: number, step: number): number =>
    diverged(key, replica) && step > spec.steps / 2 ? NaN : loss({ key, spec, step, replica });
  return {
    spec,
    device: 'made up',
    date: '2026-01-01T00:00:00.000Z',
    outcome: replicas.every((replica) => diverged(key, replica)) ? 'diverged' : 'finished',
    step: spec.steps,
    parameters: parametersOf(spec),
    flopsPerStep: flopsPerStep(spec) * spec.replicas,
    tokensPerStep: dataPerStep(spec) * spec.replicas,
    ...(floor !== undefined && { floor }),
    seconds: 2,
    compileSeconds: 1,
    losses: {
      first: 0,
      values: replicas.map((replica) =>
        Array.from({ length: spec.steps }, (_, step) => lossAt(replica, step)),
      ),
    },
    evaluations: steps(spec).map((step) => {
      const records = replicas.map((replica) => scores({ key, spec, step, replica }));
      const sets = Object.keys(records[0]!);
      return {
        step,
        sets: Object.fromEntries(sets.map((set) => [set, records.map((record) => record[set]!)])),
      };
    }),
  };
}

function tenths({ steps }: RunSpec): number[] {
  return Array.from({ length: 11 }, (_, i) => Math.round((i / 10) * steps));
}
