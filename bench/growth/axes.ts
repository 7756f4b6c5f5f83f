/** What grows: one number of a workload at a time, from a base that stays as it is. */
import type { TrainingCase } from '../../src/bench/training.ts';
import { tinyMlpCase } from '../../src/bench/workloads.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';

export interface GrowthAxis {
  name: string;
  /** what grows from what, in one line */
  description: string;
  values: readonly number[];
  at(value: number): TrainingCase;
}

export const SIZES = ['small', 'standard'] as const;
export type GrowthSize = (typeof SIZES)[number];

/** Layers, width C, head width D, context T and batch B of a transformer with a vocabulary of 64. */
export interface Shape {
  depth: number;
  width: number;
  headWidth: number;
  context: number;
  batch: number;
}

const BASE: Record<GrowthSize, Shape> = {
  small: { depth: 2, width: 32, headWidth: 16, context: 32, batch: 8 },
  standard: { depth: 2, width: 128, headWidth: 32, context: 64, batch: 32 },
};

const VALUES: Record<GrowthSize, Record<'width' | 'depth' | 'context' | 'batch', readonly number[]>> = {
  small: {
    width: [16, 32, 64, 128],
    depth: [1, 2, 4, 8],
    context: [8, 16, 32, 64],
    batch: [2, 4, 8, 16, 32],
  },
  standard: {
    width: [32, 64, 128, 256, 512],
    depth: [1, 2, 4, 8],
    context: [16, 32, 64, 128, 256],
    batch: [4, 8, 16, 32, 64, 128],
  },
};

/** Replicas of 2-64-64-1 at B 64; the same at all sizes, for it is as tiny as it gets. */
const REPLICAS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

export function growthAxes(size: GrowthSize): GrowthAxis[] {
  const base = BASE[size];
  const from = `L ${base.depth}, C ${base.width}, D ${base.headWidth}, T ${base.context}, B ${base.batch}, V 64`;
  const axis = (name: keyof (typeof VALUES)['small']): GrowthAxis => ({
    name,
    description: `a transformer of ${from}`,
    values: VALUES[size][name],
    at: (value) => transformerOf({ ...base, [name]: value }),
  });
  return [
    axis('width'),
    axis('depth'),
    axis('context'),
    axis('batch'),
    {
      name: 'replicas',
      description: 'an MLP 2-64-64-1, B 64',
      values: REPLICAS,
      at: tinyMlpCase,
    },
  ];
}

const POOL = 256;

/** Next-token prediction in the backoff language; heads follow from the widths. */
export function transformerOf({ depth, width, headWidth, context, batch }: Shape): TrainingCase {
  const spec = parseSpec({
    task: { name: 'backoff-language', vocabulary: 64, length: context, pool: POOL, validation: 16 },
    model: { kind: 'transformer', layers: depth, width, heads: width / headWidth },
    schedule: { name: 'constant', warmup: 0 },
    learningRate: 1e-3,
    steps: 1e7,
    batch,
  });
  const { task, options, shape } = taskOf(spec);
  return { spec, shape, data: task.generate(options, spec.dataSeed).train };
}
