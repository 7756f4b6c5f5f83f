import { describe, expect, it } from 'vitest';
import { attention, attentionBackward } from '../../src/kernels/attention.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { dot, gradientByDifferences } from '../support/differences.ts';
import * as oracle from '../support/oracles/attention.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { checkAttention as check, shapes } from './attention.ts';
import fixture from '../fixtures/attention.json' with { type: 'json' };

const TOLERANCE = 2e-6;

describe.each(DEVICES)('attention, on the %s', (kind) => {
  const device = useDevice({ kind, defaultLimits: true });

  it.each(shapes)('agrees with float64 for R, B, T, H, D = %o', (shape) => check(shape, device(), 'tiled'));

  // A head of 128 has nothing new for it, and takes many seconds to compile.
  it.each(shapes.slice(0, -1))('in registers agrees with float64 for R, B, T, H, D = %o', (shape) =>
    check(shape, device(), 'register'),
  );

  it('agrees with PyTorch', async () => {
    const { batch, heads, length, headWidth } = fixture.config;
    const width = heads * headWidth;
    // [B, H, T, D] of each → [B, T, parts · C]
    const fuseHorizontally = (...parts: number[][]) => {
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
    const qkv = tensorOf(
      device(),
      [batch, length, 3 * width],
      fuseHorizontally(q.values, k.values, v.values),
    );
    const dout = tensorOf(device(), [batch, length, width], fuseHorizontally(dOutput.values));
    const out = outputOf(device(), [batch, length, width]);
    const lse = outputOf(device(), [batch, heads, length]);
    const dqkv = outputOf(device(), [batch, length, 3 * width]);
    await runOnce(device(), [
      attention({ qkv, out, lse, heads }),
      attentionBackward({ qkv, out, lse, dout, dqkv, heads }),
    ]);
    expectClose(await floats(device(), out), fuseHorizontally(output.values), TOLERANCE, 'out');
    const gradient = fuseHorizontally(dq.values, dk.values, dv.values);
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
