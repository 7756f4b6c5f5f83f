/** What holds of every variant of attention. */
import type { Device } from '../../src/gpu/device.ts';
import {
  attention,
  attentionBackward,
  attentionWeights,
  type AttentionVariant,
} from '../../src/kernels/attention.ts';
import { expectClose } from '../support/compare.ts';
import * as oracle from '../support/oracles/attention.ts';
import { normals, runOnce } from '../support/run.ts';
import { replicasOf, stridedOf, stridedOutput } from '../support/strided.ts';

const TOLERANCE = 2e-6;

/** T on both sides of 32 rows, one and several sequences per workgroup, D on both sides of 32 and up to 128. */
export const shapes = [
  { replicas: 1, batch: 1, length: 1, heads: 1, headWidth: 1 },
  { replicas: 3, batch: 3, length: 5, heads: 3, headWidth: 7 },
  { replicas: 2, batch: 2, length: 32, heads: 1, headWidth: 16 },
  { replicas: 1, batch: 1, length: 131, heads: 2, headWidth: 33 },
  { replicas: 1, batch: 1, length: 33, heads: 1, headWidth: 128 },
];

/** Holds what a variant computes, forward and backward, against float64. */
export async function checkAttention(
  { replicas, ...shape }: (typeof shapes)[number],
  device: Device,
  variant: AttentionVariant,
): Promise<void> {
  const { batch, length, heads, headWidth } = shape;
  const width = heads * headWidth;
  const each = Array.from({ length: replicas }, (_, r) => ({
    qkv: normals(batch * length * 3 * width, 2 * r),
    dout: normals(batch * length * width, 2 * r + 1),
  }));
  const qkv = stridedOf(
    device,
    [batch, length, 3 * width],
    each.map((replica) => replica.qkv),
  );
  const dout = stridedOf(
    device,
    [batch, length, width],
    each.map((replica) => replica.dout),
  );
  const out = stridedOutput(device, [batch, length, width], replicas);
  const lse = stridedOutput(device, [batch, heads, length], replicas);
  const weights = stridedOutput(device, [batch, heads, length, length], replicas);
  const dqkv = stridedOutput(device, [batch, length, 3 * width], replicas);
  await runOnce(device, [
    attention({ qkv, out, lse, heads, variant }),
    attentionBackward({ qkv, out, lse, dout, dqkv, heads, variant }),
    attentionWeights({ qkv, lse, weights, heads }),
  ]);
  for (const [r, replica] of each.entries()) {
    const expected = oracle.attention(replica.qkv, shape);
    const gradient = oracle.attentionBackward(replica.qkv, replica.dout, shape);
    expectClose((await replicasOf(device, out))[r]!, expected.out, TOLERANCE, 'out');
    expectClose((await replicasOf(device, lse))[r]!, expected.lse, TOLERANCE, 'lse');
    expectClose((await replicasOf(device, weights))[r]!, expected.weights, TOLERANCE, 'weights');
    expectClose((await replicasOf(device, dqkv))[r]!, gradient, TOLERANCE, 'dqkv');
  }
}
