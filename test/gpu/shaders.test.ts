/** Every shader, with the constants of every kind of run, compiles: on Dawn's null backend, which needs no GPU. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { Device } from '../../src/gpu/device.ts';
import { LEAST, type Grants } from '../../src/gpu/grants.ts';
import { compile, ShaderError, type Dispatch } from '../../src/gpu/kernel.ts';
import { virtualTensor } from '../../src/gpu/tensor.ts';
import { attention, attentionWeights } from '../../src/kernels/attention.ts';
import { copy } from '../../src/kernels/copy.ts';
import { choiceOf, fits } from '../../src/kernels/choice.ts';
import { matmul, MATMUL_VARIANTS } from '../../src/kernels/matmul.ts';
import { sampleToken } from '../../src/kernels/sample-token.ts';
import { Arena } from '../../src/autodiff/index.ts';
import { modelParameters } from '../../src/models/index.ts';
import { pack } from '../../build/lean/shaders.ts';
import { COMMENTED } from '../../src/kernels/commented.ts';
import { lesson as kernels } from '../../src/lessons/kernels/lesson.ts';
import { planPool, planTraining } from '../../src/training/trainer/memory.ts';
import { evaluationStep, trainingStep } from '../../src/training/trainer/programs.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { canBePersistent, persistentMlpSteps } from '../../src/training/trainer/persistent-mlp.ts';

/** With what every device has, with what WebGPU's core has, and with all features, for the kernels that ask for them. */
let least: Device;
let core: Device;
let featured: Device;
const CORE = { ...LEAST, threads: 256 };
/** What RUNS do, side by side where it can be, and what no run does. */
let programs: { grants: Grants; dispatches: Dispatch[] }[];
beforeAll(async () => {
  programs = [LEAST, CORE].map((grants) => ({
    grants,
    dispatches: [...RUNS.flatMap((run) => dispatchesOf(run, grants)), ...others()],
  }));
  const gpu = () => createGPU(['backend=null']);
  least = await Device.acquire(gpu(), { defaultLimits: true, featureLevel: 'compatibility' });
  core = await Device.acquire(gpu(), { defaultLimits: true });
  featured = await Device.acquire(gpu());
});

/** The device whose limits a dispatch was built for, or that has the features it needs. */
function deviceOf(dispatch: Dispatch, grants: Grants): Device {
  if (isHalf(dispatch) || dispatch.kernel.enables) return featured;
  return grants === LEAST ? least : core;
}

/** Runs that between them reach every variant: sizes with and without vec4 rows, options on and off. */
const language = { name: 'backoff-language', pool: 64, validation: 16, length: 8 };
const RUNS = [
  { task: language, model: { kind: 'transformer', layers: 1, width: 16 }, clip: 1, replicas: 2 },
  {
    task: { ...language, vocabulary: 7, length: 5 },
    model: { kind: 'transformer', width: 9, heads: 3, mlp: false },
  },
  {
    task: language,
    model: { kind: 'transformer', layers: 2, width: 8, tied: true },
    schedule: { name: 'constant' },
  },
  { task: language, model: { kind: 'transformer', layers: 0, width: 8 } },
  ...['relu', 'gelu', 'tanh', 'square'].flatMap((activation) => [
    { task: { name: 'shapes' }, model: { kind: 'mlp', activation, hidden: [16, 8] } },
    { task: { name: 'sine' }, model: { kind: 'mlp', activation, hidden: [5] }, optimizer: { name: 'sgd' } },
  ]),
  {
    task: { name: 'modular-addition', prime: 7 },
    model: { kind: 'mlp', combine: 'sum', hidden: [], activation: 'square' },
    schedule: { name: 'linear-decay' },
  },
  ...['squared-error', 'stablemax'].map((loss) => ({ task: { name: 'shapes' }, loss })),
  {
    task: language,
    model: { kind: 'transformer', width: 12, heads: 2 },
    optimizer: { name: 'muon' },
    clip: 1,
  },
  { task: { name: 'domains', pool: 64, validation: 16, facts: 64 } },
  { task: { name: 'factsworld', pool: 64, validation: 16 }, optimizer: { name: 'sgd', momentum: 0.9 } },
  ...[16, 9].map((width) => ({
    task: language,
    model: { kind: 'transformer', width, heads: width === 9 ? 3 : 4 },
    precision: 'f16',
  })),
  { task: { name: 'domains', pool: 64, validation: 16, facts: 64 }, precision: 'f16' },
  { task: { name: 'sine' }, model: { kind: 'mlp', activation: 'gelu' }, precision: 'f16' },
  {
    task: { name: 'modular-addition', prime: 7 },
    model: { kind: 'mlp', combine: 'sum', hidden: [] },
    precision: 'f16',
  },
];

/**
 * Kernels of adapters that compute on the CPU are built for the least alone: in them only the number of threads would differ.
 * What needs more workgroup memory than the null device has is compiled where it runs (test/kernels/matmul.test.ts).
 */
function dispatchesOf(input: object, grants: Grants): Dispatch[] {
  const spec = parseSpec(input);
  const { task, options, shape } = taskOf(spec);
  const data = task.generate(options, 0);
  const memory = planTraining(spec, shape, data.train);
  const arena = new Arena(modelParameters(spec.model, shape), spec.replicas);
  const set = data.evaluation.validation;
  const whole = [true, false]
    .map((serial) => ({ serial, grants, unrolled: true, persistentUpTo: Infinity }))
    .filter((kernels) => canBePersistent(spec, shape, kernels))
    .map((kernels) => persistentMlpSteps(spec, memory, { dispatches: [] }, kernels, false));
  const scores = virtualTensor('scores', [set.rows * set.targetWidth, 4], spec.replicas);
  const ordinary = MATMUL_VARIANTS.filter((variant) => variant !== 'naive' && fits(variant, grants))
    .filter((variant) => grants === LEAST || !choiceOf(variant).serial)
    .map((variant) => ({ ...choiceOf(variant, grants), unrolled: true }))
    .flatMap((kernels) => [
      ...trainingStep(spec, shape, memory, kernels, false).dispatches,
      ...evaluationStep(
        spec,
        shape,
        arena,
        planPool('set', set, spec.replicas),
        memory.state,
        scores,
        4,
        kernels,
      ),
    ]);
  return [...ordinary, ...whole];
}

/** What no training step has: pictures, generation, the naive product. */
function others(): Dispatch[] {
  const tensor = (...shape: number[]): ReturnType<typeof virtualTensor> => virtualTensor('t', shape, 1);
  const state = tensor(16);
  return [
    attentionWeights({ qkv: tensor(1, 8, 24), lse: tensor(1, 2, 8), weights: tensor(1, 2, 8, 8), heads: 2 }),
    ...[0, 1].map((temperature) =>
      sampleToken({ logits: tensor(2, 8, 12), tokens: tensor(2, 8), state, temperature }),
    ),
    copy({ from: tensor(8), to: tensor(8) }),
    matmul({ a: tensor(3, 4), b: tensor(4, 5), y: tensor(3, 5), variant: 'naive' }),
  ];
}

const isHalf = ({ bindings }: Dispatch): boolean => bindings.some(({ tensor }) => tensor?.storage.half);

it('every shader compiles in every variant', async () => {
  // Alone, and side by side with another.
  const all = programs.map(({ grants, dispatches }) => ({
    grants,
    dispatches: [...dispatches, ...dispatches.flatMap(({ parts }) => parts ?? [])],
  }));
  for (const { grants, dispatches } of all) {
    await Promise.all(dispatches.map((dispatch) => compile(deviceOf(dispatch, grants), dispatch)));
  }
  const dispatches = all.flatMap((each) => each.dispatches);

  // A file that no dispatch uses would never be tried.
  const tensor = virtualTensor('t', [32, 32], 1);
  const split = matmul({ a: tensor, b: tensor, y: tensor, variant: 'split' });
  const used = new Set([...dispatches, split].flatMap(({ kernel }) => kernel.code));
  const folder = new URL('../../shaders/', import.meta.url);
  const unused = readdirSync(folder).filter(
    (file) => file.endsWith('.wgsl') && !used.has(readFileSync(new URL(file, folder), 'utf8')),
  );
  expect(unused).toEqual([]);
});

it('every shader compiles as figures have it: in one line, with short names', async () => {
  const [{ grants, dispatches: built }] = programs as [(typeof programs)[0]];
  const dispatches = built.flatMap((each) => each.parts ?? [each]);
  // Once with each set of files: what is declared does not go by the constants.
  const distinct = new Map(
    dispatches.filter((each) => !isHalf(each)).map((each) => [each.kernel.code.join(), each]),
  );
  expect(distinct.size).toBeGreaterThan(50);
  await Promise.all(
    [...distinct.values()].map(({ kernel, ...rest }) => {
      const dispatch = { ...rest, kernel: { ...kernel, code: kernel.code.map(pack) } };
      return compile(deviceOf(dispatch, grants), dispatch);
    }),
  );
});

it('what lesson kernels shows in browsers has its comments', () => {
  const tensor = virtualTensor('t', [32, 32], 1);
  const sequence = { qkv: virtualTensor('t', [1, 32, 3 * 128], 1), lse: virtualTensor('t', [1, 4, 32], 1) };
  const out = virtualTensor('t', [1, 32, 128], 1);
  const benchmarks = kernels
    .plan('standard', 1)
    .flatMap((item) => ('benchmark' in item ? item.benchmark : []));
  const variants = benchmarks.flatMap(({ variants }) => variants).filter((variant) => variant !== 'subgroup');
  const dispatches = [
    ...variants.map((variant) => matmul({ a: tensor, b: tensor, y: tensor, variant })),
    ...(['tiled', 'register'] as const).map((variant) => attention({ ...sequence, out, heads: 4, variant })),
  ];
  const shown = new Set(dispatches.flatMap(({ kernel }) => kernel.code));
  const folder = new URL('../../shaders/', import.meta.url);
  const files = readdirSync(folder).filter((file) => shown.has(readFileSync(new URL(file, folder), 'utf8')));
  expect(files.map((file) => file.replace('.wgsl', ''))).toEqual([...COMMENTED.keys()].sort());
});

it('an error names the file, the line and the text of the line', async () => {
  const dispatch: Dispatch = {
    kernel: {
      name: 'broken',
      code: ['@compute @workgroup_size(1)\nfn main() { let x: u32 = 1.5; }'],
      constants: { N: 1 },
    },
    bindings: [],
    workgroups: [1, 1, 1],
    flops: 0,
  };
  const error: unknown = await compile(least, dispatch).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ShaderError);
  expect((error as Error).message).toMatch(/broken\.wgsl, line 3: .*\n.*let x: u32 = 1\.5/);
});

it('no variable in a loop goes without a value: Dawn on Vulkan does not reset it from one round to the next', () => {
  const folder = new URL('../../shaders/', import.meta.url);
  for (const file of readdirSync(folder)) {
    // Inside a function's own block the indentation is two; deeper may be a loop.
    expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/^ {4,}var \w+(?:: [^=;]+)?;/m);
  }
});
