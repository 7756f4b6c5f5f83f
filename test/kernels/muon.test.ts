import { describe, expect, it } from 'vitest';
import { Arena, Tape } from '../../src/autodiff/index.ts';
import type { Device } from '../../src/gpu/device.ts';
import { Program } from '../../src/gpu/program.ts';
import { download, size, upload, type Tensor } from '../../src/gpu/tensor.ts';
import { kernelChoice } from '../../src/kernels/choice.ts';
import { muonMomentum, muonUpdate, type MatrixStack } from '../../src/kernels/muon.ts';
import { STATE_WORDS } from '../../src/kernels/state.ts';
import { emitMuon, hiddenStacks, orthogonalise } from '../../src/training/trainer/muon.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import * as oracle from '../support/oracles/muon.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';

const TOLERANCE = 2e-6;
/** After fifteen products, each of which lifts small singular values and their rounding. */
const ORTHOGONALISED = 5e-6;

/** Wide, tall and square; one stack with both, one below the skinny products' 4 rows; a vector that is not hidden. */
const SHAPES = [
  [12, 40],
  [40, 12],
  [21, 21],
  [3, 300],
  [12, 40],
] as const;
const REPLICAS = [
  { learningRate: 0.02, weightDecay: 0.1, scale: 1, halted: 0 },
  { learningRate: 0.02, weightDecay: 0.1, scale: 1, halted: 7 },
  { learningRate: 0.3, weightDecay: 0, scale: 0.25, halted: 0 },
];

const states = (): number[] =>
  REPLICAS.flatMap((setting) => [...new Float32Array(oracle.stateOf(setting).buffer)]);

/** An arena of hidden matrices between vectors, all filled with normal values. */
function arenaOf(device: Device): { arena: Arena; m: Tensor; state: Tensor; read: Reader } {
  const specs = SHAPES.flatMap((shape, i) => [
    { name: `matrix ${i}`, shape, initial: { value: 0 }, hidden: true },
    { name: `vector ${i}`, shape: [5], initial: { value: 0 } },
  ]);
  const arena = new Arena(specs, REPLICAS.length);
  arena.allocate(device);
  const total = arena.length * REPLICAS.length;
  upload(device, arena.values.storage, Float32Array.from(normals(total, 1)));
  upload(device, arena.gradients.storage, Float32Array.from(normals(total, 2, 1e-3)));
  const m = tensorOf(device, [arena.length], normals(total, 3, 1e-3), { replicas: REPLICAS.length });
  const state = tensorOf(device, [STATE_WORDS], states(), { replicas: REPLICAS.length });
  const read = async (tensor: Tensor) => new Float32Array(await download(device, tensor.storage));
  return { arena, m, state, read };
}
type Reader = (tensor: Tensor) => Promise<Float32Array>;

describe.each(DEVICES)('muon, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('puts matrices of one shape together, transposed where they are tall', () => {
    const { arena } = arenaOf(device());
    expect(
      hiddenStacks(arena).map(({ rows, columns, matrices }) => [
        rows,
        columns,
        matrices.map(({ tall }) => tall),
      ]),
    ).toEqual([
      [12, 40, [false, true, false]],
      [21, 21, [false]],
      [3, 300, [false]],
    ]);
  });

  it('keeps the momentum as float64 does, and normalises what is to be orthogonalised', async () => {
    for (const [nesterov, clips] of [
      [true, false],
      [false, true],
    ] as const) {
      const { arena, m, state, read } = arenaOf(device());
      const [before, gradients] = [await read(m), await read(arena.gradients)];
      const stacks = hiddenStacks(arena);
      const settings = { momentum: 0.95, nesterov, clips, gradients: arena.gradients, m, state };
      const xs = stacks.map(({ rows, columns, matrices }) =>
        outputOf(device(), [rows, columns], { replicas: REPLICAS.length * matrices.length }),
      );
      await runOnce(
        device(),
        stacks.map((stack, i) => muonMomentum({ ...settings, stack, x: xs[i]! })),
      );
      const after = await read(m);
      const expected = Float64Array.from(before);
      for (const [i, { rows, columns, matrices }] of stacks.entries()) {
        const x = await floats(device(), xs[i]!);
        REPLICAS.forEach((setting, r) => {
          const [from, to] = [r * arena.length, (r + 1) * arena.length];
          const own = Float64Array.from(gradients.subarray(from, to));
          const how = { momentum: 0.95, nesterov, clips };
          const wanted = oracle.momentum(expected.subarray(from, to), own, stacks[i]!, setting, how);
          const all = matrices.length * rows * columns;
          if (!setting.halted) expectClose(x.subarray(r * all, (r + 1) * all), wanted, TOLERANCE, 'x');
        });
      }
      expectClose(after, expected, TOLERANCE, 'momentum');
      // Halted replicas and what is no hidden matrix keep their bits.
      const changed = after.map((value, i) => Number(value !== before[i]));
      const perReplica = SHAPES.reduce((sum, [out, into]) => sum + out * into, 0);
      expect(changed.reduce((sum, one) => sum + one)).toBeGreaterThan(1.99 * perReplica);
      expect(changed.subarray(arena.length, 2 * arena.length).some(Boolean)).toBe(false);
      arena.specs.forEach(({ hidden, shape }, i) => {
        const at = arena.slots[i]!.offset;
        if (!hidden) expect(changed.subarray(at, at + size({ shape })).some(Boolean)).toBe(false);
      });
    }
  });

  it('orthogonalises as float64 does, with singular values near 1', async () => {
    for (const [rows, columns] of [
      [24, 40],
      [33, 33],
      [4, 70],
      [1, 9],
    ] as const) {
      const replicas = 3;
      const matrices = Array.from({ length: replicas }, (_, r) =>
        oracle.normalised({
          rows,
          columns,
          values: Float64Array.from(normals(rows * columns, 10 + r)),
        }),
      );
      const values = Float32Array.from(matrices.flatMap((matrix) => [...matrix.values]));
      const tape = new Tape(1, kernelChoice(device()));
      const result = orthogonalise(tape, tensorOf(device(), [rows, columns], values, { replicas }));
      const program = await Program.build(device(), tape.dispatches, [result], { label: 'Newton–Schulz' });
      program.run();
      const actual = await floats(device(), result);
      program.destroy();
      matrices.forEach((matrix, r) => {
        const x = Float64Array.from(actual.subarray(r * rows * columns, (r + 1) * rows * columns));
        const name = `${rows} × ${columns}`;
        expectClose(x, oracle.newtonSchulz(matrix).values, ORTHOGONALISED, name);
        const spectrum = oracle.singularValues({ rows, columns, values: x });
        expect(Math.min(...spectrum), name).toBeGreaterThan(0.68);
        expect(Math.max(...spectrum), name).toBeLessThan(1.14);
      });
    }
  });

  it('steps along the orthogonalised momentum by √max(1, out/in), with decoupled decay', async () => {
    const { arena, m, state, read } = arenaOf(device());
    const [start, before, gradients] = [await read(arena.values), await read(m), await read(arena.gradients)];
    const tape = new Tape(REPLICAS.length, kernelChoice(device()));
    emitMuon(tape, { arena, m, state, momentum: 0.9, nesterov: true, clips: true });
    const kernels = tape.dispatches.map(({ kernel }) => kernel.name);
    expect(kernels.filter((name) => name.startsWith('matmul'))).toHaveLength(3 * 15);
    await runOnce(device(), tape.dispatches);
    const after = await read(arena.values);
    const expected = Float64Array.from(start);
    const how = { momentum: 0.9, nesterov: true, clips: true };
    REPLICAS.forEach((setting, r) => {
      const own = <T extends Float32Array | Float64Array>(all: T): T =>
        all.subarray(r * arena.length, (r + 1) * arena.length) as T;
      for (const stack of hiddenStacks(arena)) {
        if (setting.halted) continue;
        const moments = Float64Array.from(own(before));
        oracle.update(own(expected), moments, Float64Array.from(own(gradients)), stack, setting, how);
      }
    });
    const change = (values: ArrayLike<number>) => start.map((value, i) => values[i]! - value);
    expectClose(change(after), change(expected), ORTHOGONALISED, 'change');
    expect(after.subarray(arena.length, 2 * arena.length)).toEqual(
      start.subarray(arena.length, 2 * arena.length),
    );
  });

  it('leaves matrices without a gradient where they are', async () => {
    const { arena, m, state, read } = arenaOf(device());
    for (const { storage } of [arena.gradients, m])
      upload(device(), storage, new Float32Array(storage.elements));
    const start = await read(arena.values);
    const tape = new Tape(REPLICAS.length, kernelChoice(device()));
    emitMuon(tape, { arena, m, state, momentum: 0.95, nesterov: true, clips: false });
    await runOnce(device(), tape.dispatches);
    const last = 2 * arena.length; // the replica without weight decay
    expect((await read(arena.values)).subarray(last)).toEqual(start.subarray(last));
  });

  it('refuses what does not fit', () => {
    const { arena, m, state } = arenaOf(device());
    const stack: MatrixStack = { rows: 12, columns: 40, matrices: [{ offset: 0, tall: false }] };
    const x = outputOf(device(), [12, 40], { replicas: 3 });
    const common = { stack, m, x, state, gradients: arena.gradients, momentum: 0.9, nesterov: true };
    expect(() => muonMomentum({ ...common, momentum: 1 })).toThrow('momentum 1 is not in [0, 1)');
    expect(() => muonMomentum({ ...common, x: { ...x, replicas: 2 } })).toThrow('do not hold 3 × 1');
    expect(() => muonUpdate({ stack: { ...stack, rows: 40, columns: 12 }, parameters: m, x, state })).toThrow(
      'wide',
    );
  });
});
