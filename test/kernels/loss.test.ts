import { describe, expect, it } from 'vitest';
import { classLoss, classScores } from '../../src/kernels/class-loss.ts';
import { CLASS_LOSSES } from '../../src/kernels/class-losses.ts';
import { meanSquaredError, meanSquaredErrorScores } from '../../src/kernels/mean-squared-error.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import type { Device } from '../../src/gpu/device.ts';
import type { Tensor } from '../../src/gpu/tensor.ts';
import { Random } from '../../src/random.ts';
import { expectClose } from '../support/compare.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { gradientByDifferences } from '../support/differences.ts';
import * as oracle from '../support/oracles/loss.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';
import { replicasOf, stridedOf, stridedOutput } from '../support/strided.ts';

const TOLERANCE = 2e-6;

/** Rows on both sides of 4 and 64, V on both sides of 8 and 16 and from the smallest to beyond 1024; each shared and serial. */
const shapes = [
  { replicas: 1, rows: 1, classes: 2 },
  { replicas: 3, rows: 65, classes: 8 },
  { replicas: 3, rows: 9, classes: 15 },
  { replicas: 2, rows: 67, classes: 33 },
  { replicas: 1, rows: 4, classes: 1030 },
].flatMap((shape) => [shape, { ...shape, serial: true }]);

/** About a quarter of the targets is not scored, but never the first. */
function targetsOf(rows: number, classes: number, seed: number): Int32Array {
  const random = new Random(seed, 7);
  return Int32Array.from({ length: rows }, (_, row) =>
    row > 0 && random.uniform() < 0.25 ? -1 : random.integer(classes),
  );
}

function stateOf(device: Device, word: keyof typeof STATE, values: number[]): Tensor {
  const words = new Int32Array(STATE_WORDS * values.length);
  values.forEach((value, r) => (words[r * STATE_WORDS + STATE[word]] = value));
  return tensorOf(device, [STATE_WORDS], words, { replicas: values.length, integers: true });
}

const cases = DEVICES.flatMap((on) => CLASS_LOSSES.map((kind) => ({ on, kind })));

describe.each(cases)('$kind of classes, on the $on', ({ on, kind }) => {
  const device = useDevice({ kind: on });

  it.each(shapes)('agrees with float64 for R, rows, V = %o', async ({ replicas, rows, classes, ...how }) => {
    const each = Array.from({ length: replicas }, (_, r) => ({
      logits: normals(rows * classes, 10 * r, 4).map((x) => x + 30),
      targets: targetsOf(rows, classes, 10 * r + 1),
    }));
    const expected = each.map(({ logits, targets }) => oracle.classLoss(kind, logits, targets));
    const logits = stridedOf(
      device(),
      [rows, classes],
      each.map((replica) => replica.logits),
    );
    const targets = stridedOf(
      device(),
      [rows],
      each.map((replica) => replica.targets),
      { integers: true },
    );
    const loss = stridedOutput(device(), [rows], replicas);
    const lossAlone = stridedOutput(device(), [rows], replicas);
    const dlogits = stridedOutput(device(), [rows, classes], replicas);
    const state = stateOf(
      device(),
      'count',
      expected.map(({ count }) => count),
    );
    await runOnce(device(), [
      classLoss({ kind, logits, targets, state, loss, dlogits, ...how }),
      classLoss({ kind, logits, targets, state, loss: lossAlone, ...how }),
    ]);
    const losses = await replicasOf(device(), loss);
    for (let r = 0; r < replicas; r++) {
      expectClose(losses[r]!, expected[r]!.loss, TOLERANCE, 'loss');
      expectClose((await replicasOf(device(), dlogits))[r]!, expected[r]!.dlogits, TOLERANCE, 'dlogits');
    }
    expect(await replicasOf(device(), lossAlone)).toEqual(losses);
  });

  it('has an oracle whose gradient agrees with finite differences', () => {
    const logits = normals(4 * 5, 1);
    const targets = [2, -1, 0, 4];
    const { dlogits, count } = oracle.classLoss(kind, logits, targets);
    const numeric = gradientByDifferences(
      (at) => oracle.classLoss(kind, at, targets).loss.reduce((sum, x) => sum + x, 0) / count,
      logits,
    );
    expectClose(dlogits, numeric, 1e-8);
  });

  it.each(shapes)(
    'scores agree with float64 for R, rows, V = %o',
    async ({ replicas, rows, classes, ...how }) => {
      // Replica r is at chunk r of 2.5 chunks: the third of three writes only half of its rows.
      const totalRows = Math.ceil(2.5 * rows);
      const noiseClasses = [Math.floor(classes / 3), classes - 1] as const;
      const each = Array.from({ length: replicas }, (_, r) => ({
        logits: normals(rows * classes, 10 * r, 4).map(Math.round),
        targets: targetsOf(rows, classes, 10 * r + 1),
      }));
      const logits = stridedOf(
        device(),
        [rows, classes],
        each.map((replica) => replica.logits),
      );
      const targets = stridedOf(
        device(),
        [rows],
        each.map((replica) => replica.targets),
        { integers: true },
      );
      const state = stateOf(
        device(),
        'step',
        each.map((_, r) => r),
      );
      const narrow = stridedOutput(device(), [totalRows, 4], replicas);
      const whole = stridedOutput(device(), [totalRows, 4], replicas);
      await runOnce(device(), [
        classScores({ kind, logits, targets, state, scores: narrow, noiseClasses, ...how }),
        classScores({ kind, logits, targets, state, scores: whole, ...how }),
      ]);
      for (const [r, replica] of each.entries()) {
        for (const [scores, classRange] of [
          [narrow, noiseClasses],
          [whole, [0, classes]],
        ] as const) {
          const expected = oracle.classScores(kind, replica.logits, replica.targets, classRange);
          const values = (await replicasOf(device(), scores))[r]!;
          const written = Math.min(rows, totalRows - r * rows);
          for (let i = 0; i < values.length; i++) {
            const at = i - r * rows * 4;
            if (at < 0 || at >= written * 4) expect(values[i]).toBeNaN();
          }
          for (const column of [0, 1, 2, 3]) {
            const ofColumn = (all: ArrayLike<number>, from: number) =>
              Array.from({ length: written }, (_, row) => all[(from + row) * 4 + column]!);
            // Rounded logits have ties: the first of the largest must win, as in the oracle.
            expectClose(
              ofColumn(values, r * rows),
              ofColumn(expected, 0),
              column === 1 ? 0 : TOLERANCE,
              `column ${column}`,
            );
          }
        }
      }
    },
  );
});

describe.each(DEVICES)('cross-entropy, on the %s', (kind) => {
  const device = useDevice({ kind });

  it('bears logits that would overflow, and shows NaN in scored rows only', async () => {
    const logits = tensorOf(device(), [4, 2], [1e38, -1e38, -200, 200, NaN, 1, 1, NaN]);
    const targets = tensorOf(device(), [4], [0, 0, 1, -1], { integers: true });
    const loss = outputOf(device(), [4]);
    const dlogits = outputOf(device(), [4, 2]);
    const state = stateOf(device(), 'count', [3]);
    await runOnce(device(), [classLoss({ logits, targets, state, loss, dlogits })]);
    expect([...(await floats(device(), loss))]).toEqual([0, 400, NaN, 0]);
    const third = Math.fround(1 / 3);
    expect([...(await floats(device(), dlogits))]).toEqual([0, 0, -third, third, NaN, NaN, 0, 0]);
  });
});

describe.each(DEVICES)('mean squared error, on the %s', (kind) => {
  const device = useDevice({ kind });

  it.each(
    [
      { replicas: 1, rows: 7, width: 1 },
      { replicas: 3, rows: 4, width: 33 },
    ].flatMap((shape) => [shape, { ...shape, serial: true }]),
  )('agrees with float64 for R, rows, W = %o', async ({ replicas, rows, width, ...how }) => {
    const each = Array.from({ length: replicas }, (_, r) => ({
      y: normals(rows * width, 10 * r),
      targets: normals(rows * width, 10 * r + 1),
    }));
    const y = stridedOf(
      device(),
      [rows, width],
      each.map((replica) => replica.y),
    );
    const targets = stridedOf(
      device(),
      [rows, width],
      each.map((replica) => replica.targets),
    );
    const loss = stridedOutput(device(), [rows], replicas);
    const lossAlone = stridedOutput(device(), [rows], replicas);
    const dy = stridedOutput(device(), [rows, width], replicas);
    const scores = stridedOutput(device(), [2 * rows - 1, 2], replicas);
    const state = stateOf(
      device(),
      'step',
      each.map(() => 1),
    );
    await runOnce(device(), [
      meanSquaredError({ y, targets, loss, dy, ...how }),
      meanSquaredError({ y, targets, loss: lossAlone, ...how }),
      meanSquaredErrorScores({ y, targets, state, scores, ...how }),
    ]);
    const losses = await replicasOf(device(), loss);
    for (const [r, replica] of each.entries()) {
      const expected = oracle.meanSquaredError(replica.y, replica.targets, rows);
      expectClose(losses[r]!, expected.loss, TOLERANCE, 'loss');
      expectClose((await replicasOf(device(), dy))[r]!, expected.dy, TOLERANCE, 'dy');
      const written = Array.from(losses[r]!.subarray(0, rows - 1)).flatMap((value) => [value, NaN]);
      const values = [...(await replicasOf(device(), scores))[r]!];
      expect(values).toEqual([...new Array<number>(2 * rows).fill(NaN), ...written]);
    }
    expect(await replicasOf(device(), lossAlone)).toEqual(losses);
  });

  it('has an oracle whose gradient agrees with finite differences', () => {
    const y = normals(6, 1);
    const targets = normals(6, 2);
    const numeric = gradientByDifferences(
      (at) => oracle.meanSquaredError(at, targets, 3).loss.reduce((sum, x) => sum + x / 3, 0),
      y,
    );
    expectClose(oracle.meanSquaredError(y, targets, 3).dy, numeric, 1e-8);
  });
});
