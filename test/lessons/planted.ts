/** Results that follow a planted law, for the pure parts of lessons: no device is needed. */
import type { Lesson, Results, Size } from '../../src/lessons/lesson.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';
import { flopsPerStep, parametersOf } from '../../src/training/spec/flops.ts';
import type { RunResult } from '../../src/worker/protocol.ts';

/** Entropy of FactsWorld's labels, nats. */
export const FLOOR = 0.40013;

/** What is planted: metrics of the set `facts`, or of what else a run holds out, for N parameters after D examples. */
export type Curve = (N: number, D: number, width: number, replica: number) => Record<string, number>;

export interface PlantedOptions {
  size?: Size;
  /** steps that are evaluated; the last one always is */
  steps?: number[];
  /** keys of runs that are missing */
  missing?: (key: string) => boolean;
  /** keys of runs that diverged */
  diverged?: (key: string) => boolean;
}

/** The specs of a plan, parsed, by key. */
export function specsOf(lesson: Lesson, size: Size, seed = 1): Map<string, RunSpec> {
  return new Map(
    lesson.plan(size, seed).map((item) => {
      if (!('spec' in item)) throw new TypeError(`${item.key} is no run`);
      return [item.key, parseSpec(item.spec)];
    }),
  );
}

/** Width of one of FactsWorld's MLPs, or of a transformer. */
export function widthOf({ model }: RunSpec): number {
  return model.kind === 'mlp' ? 2 * model.embedding : model.width;
}

export function planted(lesson: Lesson, curve: Curve, options: PlantedOptions = {}): Results {
  const { size = 'standard', steps = [], missing = () => false, diverged = () => false } = options;
  const runs = new Map<string, RunResult>();
  for (const [key, spec] of specsOf(lesson, size)) {
    if (missing(key)) continue;
    const run = plantedRun(spec, curve, [...steps.filter((step) => step < spec.steps), spec.steps]);
    runs.set(key, diverged(key) ? { ...run, outcome: 'diverged', divergedAt: 7 } : run);
  }
  return { runs, benchmarks: new Map() };
}

function plantedRun(spec: RunSpec, curve: Curve, steps: readonly number[]): RunResult {
  const N = parametersOf(spec);
  const each = <T>(of: (r: number) => T): T[] => Array.from({ length: spec.replicas }, (_, r) => of(r));
  return {
    spec,
    device: 'planted',
    date: '2026-01-01T00:00:00.000Z',
    outcome: 'finished',
    step: spec.steps,
    parameters: N,
    flopsPerStep: flopsPerStep(spec) * spec.replicas,
    tokensPerStep: spec.batch * spec.replicas,
    floor: FLOOR,
    seconds: 2,
    compileSeconds: 1,
    losses: { first: 0, values: each(() => Array.from({ length: spec.steps }, (_, i) => 4 / (1 + i))) },
    evaluations: steps.map((step) => ({
      step,
      sets: {
        [spec.task.name === 'factsworld' ? 'facts' : 'validation']: each((r) =>
          curve(N, step * spec.batch, widthOf(spec), r),
        ),
      },
    })),
  };
}

/** A number in [−1, 1] that depends on another, the same each time: noise without chance. */
export function wobble(value: number): number {
  return Math.sin(12.9898 * value) * Math.cos(78.233 * value);
}
