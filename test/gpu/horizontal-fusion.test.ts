import { describe, expect, it } from 'vitest';
import { LEAST } from '../../src/gpu/grants.ts';
import { wgsl, type Dispatch } from '../../src/gpu/kernel.ts';
import { fuseHorizontally, workgroupSize } from '../../src/gpu/horizontal-fusion.ts';
import { workgroupMemory } from '../../src/gpu/wgsl.ts';
import { choiceOf, fits, type KernelChoice, runsOn } from '../../src/kernels/choice.ts';
import { layernorm, layernormBackward, layernormBackwardParameters } from '../../src/kernels/layernorm.ts';
import { matmul, type MatmulVariant } from '../../src/kernels/matmul.ts';
import { pack } from '../../build/lean/shaders.ts';
import { planTraining } from '../../src/training/trainer/memory.ts';
import { trainingStep } from '../../src/training/trainer/programs.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { useDevice } from '../support/device.ts';
import { checkLinearBackward, linearBackward } from './linear-backward.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';

const device = useDevice();
const R = 2;
/** Every device grants so much. */
const OPTIONS = { grants: LEAST };
const tensor = (rows: number, columns: number, seed: number) =>
  tensorOf(device(), [rows, columns], normals(R * rows * columns, seed), { replicas: R });
const output = (rows: number, columns: number) => outputOf(device(), [rows, columns], { replicas: R });

describe('side by side', () => {
  it.for([
    ['register', true],
    ['quad', true],
    ['tiled', true],
    ['tiled', false],
  ] as const)(
    'gradients of a linear layer in one dispatch, %s, mixed %s, bit for bit as in two',
    async ([variant, mixed], { skip }) => {
      skip(!runsOn(device(), variant));
      await checkLinearBackward(device(), variant, mixed);
    },
  );

  it('works on text without comments and in one line, with short names, as builds pack it', async () => {
    const apart = linearBackward(device(), 'tiled');
    for (const dispatch of apart.dispatches) await runOnce(device(), [dispatch]);
    const expected = [await floats(device(), apart.dx), await floats(device(), apart.gradients)];
    const { dispatches, dx, gradients } = linearBackward(device(), 'tiled');
    const packed = dispatches.map((dispatch) => {
      const code = dispatch.kernel.code.map(pack);
      return { ...dispatch, kernel: { ...dispatch.kernel, code } };
    });
    const merged = fuseHorizontally(packed, OPTIONS);
    expect(merged).toHaveLength(1);
    expect(merged[0]!.bindings).toHaveLength(6);
    await runOnce(device(), merged);
    expect([await floats(device(), dx), await floats(device(), gradients)]).toEqual(expected);
  });

  it('shares the workgroup memory of two products', () => {
    const [both] = fuseHorizontally(linearBackward(device(), 'tiled').dispatches, OPTIONS);
    expect(wgsl(both!.kernel).match(/var<workgroup>/g)).toHaveLength(1);
  });

  it('puts more than two together, and kernels that differ', async () => {
    const [x, dy, gain, bias] = [tensor(70, 20, 1), tensor(70, 20, 2), tensor(1, 20, 3), tensor(1, 20, 4)];
    const [y, dx, again, stats] = [output(70, 20), output(70, 20), output(70, 20), output(70, 2)];
    const arena = outputOf(device(), [128], { replicas: R });
    const [dgain, dbias] = [
      { ...arena, shape: [20] },
      { ...arena, shape: [20], offset: 64 },
    ];
    await runOnce(device(), [layernorm({ x, gain, bias, y, stats })]);
    const dispatches = [
      layernormBackward({ dy, x, stats, gain, dx, serial: true }),
      layernormBackwardParameters({ dy, x, stats, dgain, dbias, serial: true }),
      layernormBackward({ dy, x, stats, gain, dx: again, serial: true }),
    ];
    const results = () => Promise.all([dx, again, arena].map((each) => floats(device(), each)));

    const merged = fuseHorizontally(dispatches, { mixed: true, ...OPTIONS });
    expect(merged.map(({ parts }) => parts?.length)).toEqual([3]);
    await runOnce(device(), merged);
    const together = await results();
    for (const dispatch of dispatches) await runOnce(device(), [dispatch]);
    expect(await results()).toEqual(together);
  });

  it('leaves apart what needs the other, or has other threads, replicas or too many bindings', () => {
    const variant = 'register';
    const [a, b, c] = [tensor(32, 32, 1), output(32, 32), output(32, 32)];
    const product = (from: typeof a, y: typeof a) => matmul({ a: from, b: a, y, variant });
    const apart = (first: Dispatch, second: Dispatch): void => {
      expect(fuseHorizontally([first, second], OPTIONS)).toEqual([first, second]);
    };
    apart(product(a, b), product(b, c)); // reads what the other writes
    apart(product(b, c), product(a, b)); // writes what the other reads
    apart(product(a, b), product(a, b)); // writes what the other writes
    expect(fuseHorizontally([product(a, b), product(a, c)], OPTIONS)).toHaveLength(1);

    const small = { ...product(a, c), workgroups: [1, 1, 1] as const };
    apart(product(a, b), small);
    const naive = matmul({ a, b: a, y: c, variant: 'naive' });
    const wide = {
      ...naive,
      kernel: { ...naive.kernel, code: ['@compute @workgroup_size(7) fn main() {}'] },
    };
    apart(product(a, b), wide);

    const full = (seed: number): Dispatch =>
      matmul({
        a: tensor(32, 32, seed),
        b: tensor(32, 32, seed + 1),
        bias: tensor(1, 32, seed + 2),
        residual: tensor(32, 32, seed + 3),
        y: output(32, 32),
        variant,
      });
    apart(full(10), full(20));
  });

  it.for([
    LEAST,
    ...[16384, 32768, 49152].map((workgroupStorage) => ({ ...LEAST, threads: 256, workgroupStorage })),
  ])(
    'has no more than the $threads threads and $workgroupStorage bytes that a device grants a workgroup',
    (grants) => {
      const specs = [
        { task: { name: 'sparse-parity', pool: 512 }, batch: 256 },
        {
          task: { name: 'backoff-language', length: 64, pool: 128, validation: 16 },
          model: { kind: 'transformer', width: 256, layers: 1 },
          batch: 128,
        },
      ].map(parseSpec);
      const tiled = choiceOf('tiled', grants);
      const choices = (['tiled', 'tiled-128x128'] as const)
        .filter((variant) => fits(variant, grants))
        .map((huge): KernelChoice => ({ ...tiled, huge }));
      for (const spec of specs) {
        const { task, options, shape } = taskOf(spec);
        const memory = planTraining(spec, shape, task.generate(options, 0).train);
        for (const kernels of choices) {
          const { dispatches } = trainingStep(spec, shape, memory, kernels, false);
          const bytes = dispatches.map(({ kernel }) => workgroupMemory(wgsl(kernel)));
          const threads = dispatches.map((each) => workgroupSize(each).reduce((all, n) => all * n));
          const bound = dispatches.map(({ bindings }) => bindings.filter(({ tensor }) => tensor).length);
          expect(Math.max(...threads)).toBe(grants.threads);
          expect(Math.max(...bound)).toBeLessThanOrEqual(grants.storageBuffers);
          expect(Math.max(...bytes)).toBeGreaterThan(8000);
          expect(Math.max(...bytes)).toBeLessThanOrEqual(grants.workgroupStorage);
        }
      }
    },
  );

  it('adds up the workgroup memory of a kernel, in whole vectors', () => {
    const code = `
      const TILE = 8u; const ROW = (TILE + 3u) / 2u - 1u; alias Lane = vec4f;
      var<workgroup> a: array<vec4f, 2u * TILE * ROW>; // 64 vectors
      var<workgroup>b:array<Lane,TILE % 5u>;
      var<workgroup> c: array<f32, 5>;`;
    expect(workgroupMemory(code)).toBe(64 * 16 + 3 * 16 + 32);
    expect(() => workgroupMemory('var<workgroup> d: array<f32, N>;')).toThrow('"N" is no constant');
    expect(() => workgroupMemory('var<workgroup> d: array<mat4x4f, 2>;')).toThrow('unknown size');
  });

  it('reads the threads of a workgroup from its text', () => {
    const x = tensor(32, 32, 1);
    const of = (variant: MatmulVariant): readonly number[] =>
      workgroupSize(matmul({ a: x, b: x, y: output(32, 32), variant }));
    expect(of('quad')).toEqual([4, 1, 1]);
    expect(of('subgroup')).toEqual([8, 1, 1]);
    expect(of('register')).toEqual([8, 8, 1]);
    expect(of('tiled')).toEqual([128, 1, 1]);
    const stats = output(32, 2);
    const gain = output(1, 32);
    expect(workgroupSize(layernorm({ x, gain, bias: gain, y: x, stats }))).toEqual([64, 1, 1]);
  });
});
