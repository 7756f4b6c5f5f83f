import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/gpu/device.ts';
import {
  attention,
  attentionBackward,
  attentionWeights,
  type AttentionVariant,
} from '../../src/kernels/attention.ts';
import { kernelChoice } from '../../src/kernels/choice.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { dot, gradientByDifferences } from '../support/differences.ts';
import * as oracle from '../support/oracles/attention.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { replicasOf, stridedOf, stridedOutput } from '../support/strided.ts';
import fixture from '../fixtures/attention.json' with { type: 'json' };

const TOLERANCE = 2e-6;

/** T on both sides of 32 rows, one and several sequences per workgroup, D on both sides of 32 and up to 128. */
const shapes = [
  { replicas: 1, batch: 1, length: 1, heads: 1, headWidth: 1 },
  { replicas: 3, batch: 3, length: 5, heads: 3, headWidth: 7 },
  { replicas: 2, batch: 2, length: 32, heads: 1, headWidth: 16 },
  { replicas: 1, batch: 1, length: 131, heads: 2, headWidth: 33 },
  { replicas: 1, batch: 1, length: 33, heads: 1, headWidth: 128 },
];

describe.each(DEVICES)('attention, on the %s', (kind) => {
  const device = useDevice({ kind, defaultLimits: true });
  const featured = useDevice({ kind });

  async function check(
    { replicas, ...shape }: (typeof shapes)[number],
    device: () => Device,
    variant: AttentionVariant,
  ) {
    const { batch, length, heads, headWidth } = shape;
    const width = heads * headWidth;
    const each = Array.from({ length: replicas }, (_, r) => ({
      qkv: normals(batch * length * 3 * width, 2 * r),
      dout: normals(batch * length * width, 2 * r + 1),
    }));
    const qkv = stridedOf(
      device(),
      [batch, length, 3 * width],
      each.map((replica) => replica.qkv),
    );
    const dout = stridedOf(
      device(),
      [batch, length, width],
      each.map((replica) => replica.dout),
    );
    const out = stridedOutput(device(), [batch, length, width], replicas);
    const lse = stridedOutput(device(), [batch, heads, length], replicas);
    const weights = stridedOutput(device(), [batch, heads, length, length], replicas);
    const dqkv = stridedOutput(device(), [batch, length, 3 * width], replicas);
    await runOnce(device(), [
      attention({ qkv, out, lse, heads, variant }),
      attentionBackward({ qkv, out, lse, dout, dqkv, heads, variant }),
      attentionWeights({ qkv, lse, weights, heads }),
    ]);
    for (const [r, replica] of each.entries()) {
      const expected = oracle.attention(replica.qkv, shape);
      const gradient = oracle.attentionBackward(replica.qkv, replica.dout, shape);
      expectClose((await replicasOf(device(), out))[r]!, expected.out, TOLERANCE, 'out');
      expectClose((await replicasOf(device(), lse))[r]!, expected.lse, TOLERANCE, 'lse');
      expectClose((await replicasOf(device(), weights))[r]!, expected.weights, TOLERANCE, 'weights');
      expectClose((await replicasOf(device(), dqkv))[r]!, gradient, TOLERANCE, 'dqkv');
    }
  }

  it.each(shapes)('agrees with float64 for R, B, T, H, D = %o', (shape) => check(shape, device, 'tiled'));

  // A head of 128 has nothing new for it, and takes many seconds to compile.
  it.each(shapes.slice(0, -1))('in registers agrees with float64 for R, B, T, H, D = %o', (shape) =>
    check(shape, device, 'register'),
  );

  it.each(shapes)('with subgroups agrees with float64 for R, B, T, H, D = %o', async (shape) => {
    if (kernelChoice(featured()).large === 'subgroup') await check(shape, featured, 'subgroup');
  });

  it('agrees with PyTorch', async () => {
    const { batch, heads, length, headWidth } = fixture.config;
    const width = heads * headWidth;
    // [B, H, T, D] of each → [B, T, parts · C]
    const sideBySide = (...parts: number[][]) => {
      const row = parts.length * width;
      const values = new Float32Array(batch * length * row);
      for (let i = 0; i < batch * heads * length * headWidth; i++) {
        const d = i % headWidth;
        const t = Math.floor(i / headWidth) % length;
        const h = Math.floor(i / (headWidth * length)) % heads;
        const b = Math.floor(i / (headWidth * length * heads));
        parts.forEach((part, p) => {
          values[(b * length + t) * row + p * width + h * headWidth + d] = part[i]!;
        });
      }
      return values;
    };
    const { q, k, v, output, dOutput, dq, dk, dv } = fixture;
    const qkv = tensorOf(device(), [batch, length, 3 * width], sideBySide(q.values, k.values, v.values));
    const dout = tensorOf(device(), [batch, length, width], sideBySide(dOutput.values));
    const out = outputOf(device(), [batch, length, width]);
    const lse = outputOf(device(), [batch, heads, length]);
    const dqkv = outputOf(device(), [batch, length, 3 * width]);
    await runOnce(device(), [
      attention({ qkv, out, lse, heads }),
      attentionBackward({ qkv, out, lse, dout, dqkv, heads }),
    ]);
    expectClose(await floats(device(), out), sideBySide(output.values), TOLERANCE, 'out');
    const gradient = sideBySide(dq.values, dk.values, dv.values);
    expectClose(await floats(device(), dqkv), gradient, TOLERANCE, 'dqkv');
  });

  it('bears scores that would overflow, and shows NaN from its row on', async () => {
    const [length, width] = [6, 4];
    const each = normals(length * 3 * width, 1, 200);
    each[3 * 3 * width] = NaN; // q of row 3
    const qkv = tensorOf(device(), [1, length, 3 * width], each);
    const out = outputOf(device(), [1, length, width]);
    const lse = outputOf(device(), [1, 1, length]);
    await runOnce(device(), [attention({ qkv, out, lse, heads: 1 })]);
    const expected = oracle.attention(each, { batch: 1, length, heads: 1, headWidth: width });
    const values = await floats(device(), out);
    for (let t = 0; t < length; t++) {
      const row = values.subarray(t * width, (t + 1) * width);
      if (t === 3) expect([...row]).toEqual([NaN, NaN, NaN, NaN]);
      else expectClose(row, expected.out.subarray(t * width, (t + 1) * width), 1e-4, `row ${t}`);
    }
  });

  it('has an oracle whose gradient agrees with finite differences', () => {
    const shape = { batch: 2, length: 4, heads: 2, headWidth: 3 };
    const qkv = normals(2 * 4 * 3 * 6, 1);
    const dout = normals(2 * 4 * 6, 2);
    const numeric = gradientByDifferences((at) => dot(oracle.attention(at, shape).out, dout), qkv);
    expectClose(oracle.attentionBackward(qkv, dout, shape), numeric, 1e-8);
  });

  it('refuses shapes that do not fit', () => {
    const qkv = outputOf(device(), [2, 3, 12]);
    expect(() => attention({ qkv, out: qkv, lse: qkv, heads: 3 })).toThrow(
      'attention: [2, 3, 12] is not [B, T, 3 · 3 heads · D].',
    );
  });
});
