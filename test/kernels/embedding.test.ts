import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import { align, allocate, download, upload, type Tensor } from '../../src/gpu/tensor.ts';
import { embedding, embeddingBackward } from '../../src/kernels/embedding.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import * as oracle from '../support/oracles/embedding.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { replicasOf, stridedOf, stridedOutput } from '../support/strided.ts';

const TOLERANCE = 1e-6;
const REPLICAS = 2;

/**
 * Rows of f32 and of vec4, below and above one column block (64 lanes), one token and one position, a vocabulary
 * larger than the batch, and more tokens than one bit mask holds (8192).
 */
const shapes: oracle.EmbeddingShape[] = [
  { b: 1, t: 1, v: 1, c: 1 },
  { b: 3, t: 7, v: 13, c: 12 },
  { b: 5, t: 9, v: 70, c: 65 },
  { b: 4, t: 5, v: 3, c: 260 },
  { b: 90, t: 93, v: 6, c: 4 },
];

/** Token ids of each replica, some of them out of range; row 0 of the vocabulary is common, the last unused. */
function tokensOf({ b, t, v }: oracle.EmbeddingShape): number[][] {
  return Array.from({ length: REPLICAS }, (_, r) =>
    Array.from({ length: b * t }, (_, n) => {
      if (n === 3) return -1 - r * 1e9;
      if (n === 4 && v === 13) return v + r * 1e9;
      return n % 3 === 0 ? 0 : (n * 7 + r) % Math.max(1, v - 1);
    }),
  );
}

const perReplica = (count: number, seed: number): Float32Array[] =>
  Array.from({ length: REPLICAS }, (_, r) => normals(count, seed + r));

/** The gradient of a sum over positions, [B, C], as that of each position, [B, T, C]. */
function spread(dy: Float32Array, { b, t, c }: oracle.EmbeddingShape): Float32Array {
  return Float32Array.from({ length: b * t * c }, (_, i) => dy[Math.floor(i / (t * c)) * c + (i % c)]!);
}

/** Views of an arena of gradients [V, C] … [T, C] with a stride of its own, filled with `before`. */
function gradientArena(device: Device, { t, v, c }: oracle.EmbeddingShape, before: number) {
  const offset = align(v * c) + 64;
  const stride = offset + align(t * c) + 64;
  const storage = allocate(device, 'gradients', stride * REPLICAS + 64);
  upload(device, storage, new Float32Array(storage.elements).fill(before));
  const view = { storage, replicas: REPLICAS, stride };
  const dwte: Tensor = { ...view, offset: 64, shape: [v, c] };
  const dwpe: Tensor = { ...view, offset: 64 + offset, shape: [t, c] };
  return { dwte, dwpe, storage };
}

describe.each(DEVICES)('embedding, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('adds token and position, or sums a row, as float64 does', async () => {
    for (const shape of shapes) {
      const { b, t, v, c } = shape;
      const tokens = tokensOf(shape);
      const [wte, wpe] = [perReplica(v * c, 1), perReplica(t * c, 5)];
      const common = {
        tokens: stridedOf(device(), [b, t], tokens, { integers: true }),
        wte: stridedOf(device(), [v, c], wte),
      };
      const positions = { wpe: stridedOf(device(), [t, c], wpe) };
      const plain = stridedOutput(device(), [b, t, c], REPLICAS);
      const placed = stridedOutput(device(), [b, t, c], REPLICAS);
      const summed = stridedOutput(device(), [b, c], REPLICAS);
      await runOnce(device(), [
        embedding({ ...common, y: plain }),
        embedding({ ...common, ...positions, y: placed }),
        embedding({ ...common, y: summed, sum: true }),
      ]);
      const name = `${b} × ${t}, ${v} × ${c}`;
      const [plains, placeds, sums] = await Promise.all(
        [plain, placed, summed].map((tensor) => replicasOf(device(), tensor)),
      );
      for (let r = 0; r < REPLICAS; r++) {
        const y = oracle.embedding(tokens[r]!, wte[r]!, undefined, shape);
        expectClose(plains![r]!, y, TOLERANCE, name);
        const both = oracle.embedding(tokens[r]!, wte[r]!, wpe[r], shape);
        expectClose(placeds![r]!, both, TOLERANCE, `${name} with positions`);
        expectClose(sums![r]!, oracle.sumPositions(y, shape), TOLERANCE, `${name} summed`);
      }
    }
  });

  it('takes some of the columns, and adds to a residual', async () => {
    const [b, ids, c] = [5, 7, 12];
    const tokens = tokensOf({ b, t: ids, v: 13, c });
    const table = perReplica(13 * c, 1);
    for (const columns of [
      { first: 0, count: 3 },
      { first: 2, count: 5 },
      { first: 6, count: 1 },
    ]) {
      const shape = { b, t: columns.count, v: 13, c };
      const own = tokens.map((row) =>
        row.filter((_, n) => n % ids >= columns.first && n % ids < columns.first + columns.count),
      );
      for (const sum of [false, true]) {
        const outputs = sum ? [b, c] : [b, columns.count, c];
        const residual = perReplica(b * c * (sum ? 1 : columns.count), 9);
        const y = stridedOutput(device(), outputs, REPLICAS);
        const dwte = stridedOutput(device(), [13, c], REPLICAS);
        const common = { tokens: stridedOf(device(), [b, ids], tokens, { integers: true }), columns, sum };
        const dense = tensorOf(device(), outputs, residual.map((values) => [...values]).flat(), {
          replicas: REPLICAS,
        });
        await runOnce(device(), [
          embedding({ ...common, wte: stridedOf(device(), [13, c], table), residual: dense, y }),
          embeddingBackward({ ...common, dy: dense, dwte }),
        ]);
        const [ys, dwtes] = [await replicasOf(device(), y), await replicasOf(device(), dwte)];
        for (let r = 0; r < REPLICAS; r++) {
          const plain = oracle.embedding(own[r]!, table[r]!, undefined, shape);
          const embedded = sum ? oracle.sumPositions(plain, shape) : plain;
          const expected = embedded.map((value, i) => value + residual[r]![i]!);
          expectClose(ys[r]!, expected, TOLERANCE, `y of columns from ${columns.first}`);
          const dy = sum ? spread(residual[r]!, shape) : residual[r]!;
          const gradients = oracle.embeddingBackward(own[r]!, dy, shape);
          expectClose(dwtes[r]!, gradients.dwte, TOLERANCE, `dwte of columns from ${columns.first}`);
        }
      }
    }
  });

  it('lets NaN through, only where it belongs', async () => {
    const y = stridedOutput(device(), [1, 3, 4], 1);
    const wte = normals(8, 1);
    wte[5] = NaN;
    await runOnce(device(), [
      embedding({
        tokens: tensorOf(device(), [1, 3], [0, 1, 0], { integers: true }),
        wte: tensorOf(device(), [2, 4], wte),
        y,
      }),
    ]);
    const [row] = await replicasOf(device(), y);
    expect([...row!].map(Number.isNaN).indexOf(true)).toBe(5);
    expect([...row!].filter(Number.isNaN)).toHaveLength(1);
  });

  it('refuses shapes that do not fit', () => {
    const tensor = (...shape: number[]): Tensor => stridedOutput(device(), shape, 1);
    const [tokens, wte, y] = [tensor(2, 3), tensor(5, 4), tensor(2, 3, 4)];
    expect(() => embedding({ tokens, wte, y: tensor(2, 4) })).toThrow('should have 24 elements');
    expect(() => embedding({ tokens, wte, wpe: tensor(2, 4), y })).toThrow('should have 12 elements');
    expect(() => embedding({ tokens, wte, wpe: tensor(3, 4), y, sum: true })).toThrow('no positions');
    expect(() => embedding({ tokens, wte, y, columns: { first: 1, count: 3 } })).toThrow('columns 1 to 3');
    expect(() => embedding({ tokens, wte, y, residual: y, wpe: tensor(3, 4) })).toThrow('share a binding');
  });
});

describe.each([
  { kind: 'gpu', serial: false },
  { kind: 'gpu', serial: true },
  { kind: 'cpu', serial: false },
] as const)('embeddingBackward, $kind, serial: $serial', ({ kind, serial }) => {
  const device = useDevice({ kind });

  it('gathers the gradients of each token and position, and writes nothing else', async () => {
    for (const shape of shapes) {
      const { b, t, v, c } = shape;
      const tokens = tokensOf(shape);
      const dy = perReplica(b * t * c, 1);
      const { dwte, dwpe, storage } = gradientArena(device(), shape, NaN);
      await runOnce(device(), [
        embeddingBackward({
          tokens: stridedOf(device(), [b, t], tokens, { integers: true }),
          dy: stridedOf(device(), [b, t, c], dy),
          dwte,
          dwpe,
          serial,
        }),
      ]);
      const all = new Float32Array(await download(device(), storage));
      for (let r = 0; r < REPLICAS; r++) {
        const expected = oracle.embeddingBackward(tokens[r]!, dy[r]!, shape);
        for (const [name, tensor] of Object.entries({ dwte, dwpe }) as ['dwte' | 'dwpe', Tensor][]) {
          const start = tensor.offset + r * tensor.stride;
          const actual = all.slice(start, start + expected[name].length);
          expectClose(actual, expected[name], TOLERANCE, `${name} ${b} × ${t}, ${v} × ${c}`);
          all.fill(NaN, start, start + expected[name].length);
        }
      }
      expect(all.every(Number.isNaN)).toBe(true);
    }
  });

  it('gathers from the gradient of a sum, and adds to what is there', async () => {
    for (const shape of [shapes[1]!, shapes[2]!]) {
      const { b, t, c } = shape;
      const tokens = tokensOf(shape);
      const dy = perReplica(b * c, 1);
      const { dwte } = gradientArena(device(), shape, 3);
      await runOnce(device(), [
        embeddingBackward({
          tokens: stridedOf(device(), [b, t], tokens, { integers: true }),
          dy: stridedOf(device(), [b, c], dy),
          dwte,
          sum: true,
          accumulate: true,
          serial,
        }),
      ]);
      const all = new Float32Array(await download(device(), dwte.storage));
      for (let r = 0; r < REPLICAS; r++) {
        const expected = oracle
          .embeddingBackward(tokens[r]!, spread(dy[r]!, shape), shape)
          .dwte.map((g) => g + 3);
        const start = dwte.offset + r * dwte.stride;
        expectClose(all.slice(start, start + expected.length), expected, TOLERANCE, `dwte of ${r}`);
      }
    }
  });

  it('accumulates in each table apart', async () => {
    const shape = { b: 2, t: 3, v: 4, c: 8 };
    const tokens = [0, 1, 2, 3, 3, 3];
    const dy = normals(48, 1);
    const expected = oracle.embeddingBackward(tokens, dy, shape);
    for (const [accumulate, accumulatePositions] of [
      [true, false],
      [false, true],
    ] as const) {
      const arena = tensorOf(device(), [128], new Array<number>(128).fill(5));
      await runOnce(device(), [
        embeddingBackward({
          tokens: tensorOf(device(), [2, 3], tokens, { integers: true }),
          dy: tensorOf(device(), [2, 3, 8], dy),
          dwte: { ...arena, shape: [4, 8] },
          dwpe: { ...arena, shape: [3, 8], offset: 64 },
          accumulate,
          accumulatePositions,
          serial,
        }),
      ]);
      const all = await floats(device(), arena);
      const before = (adds: boolean, values: Float64Array): Float64Array =>
        values.map((x) => x + (adds ? 5 : 0));
      expectClose(all.slice(0, 32), before(accumulate, expected.dwte), TOLERANCE, 'dwte');
      expectClose(all.slice(64, 88), before(accumulatePositions, expected.dwpe), TOLERANCE, 'dwpe');
    }
  });

  it('gives the same bits every time', async () => {
    const shape = { b: 64, t: 16, v: 3, c: 12 };
    const tokens = tensorOf(device(), [64, 16], tokensOf(shape)[0]!, { integers: true });
    const dy = tensorOf(device(), [64, 16, 12], normals(64 * 16 * 12, 1));
    const runs = [0, 1, 2].map(() => stridedOutput(device(), [3, 12], 1));
    await runOnce(
      device(),
      runs.map((dwte) => embeddingBackward({ tokens, dy, dwte, serial })),
    );
    const [first, ...others] = await Promise.all(runs.map((dwte) => replicasOf(device(), dwte)));
    for (const other of others) expect(other).toEqual(first);
  });

  it('gives each column a table of its own, as one long table with shifted tokens would', async () => {
    const [b, t, ids, c] = [6, 3, 5, 8];
    const tokens = Array.from({ length: b * t }, (_, n) => (n * 7) % ids);
    const shifted = tokens.map((token, n) => token + (n % t) * ids);
    const wte = tensorOf(device(), [t * ids, c], normals(t * ids * c, 1));
    for (const sum of [false, true]) {
      const shape = sum ? [b, c] : [b, t, c];
      const dy = tensorOf(device(), shape, normals(b * c * (sum ? 1 : t), 2));
      const results: Float32Array[][] = [];
      for (const perColumn of [true, false]) {
        const ofTokens = tensorOf(device(), [b, t], perColumn ? tokens : shifted, { integers: true });
        const y = outputOf(device(), shape);
        const dwte = outputOf(device(), [t * ids, c]);
        await runOnce(device(), [
          embedding({ tokens: ofTokens, wte, y, sum, perColumn }),
          embeddingBackward({ tokens: ofTokens, dy, dwte, sum, perColumn, serial }),
        ]);
        results.push([await floats(device(), y), await floats(device(), dwte)]);
      }
      expect(results[0]).toEqual(results[1]);
    }
  });
});
