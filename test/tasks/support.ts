import type { Examples, Scores } from '../../src/tasks/task.ts';

/** Pearson's χ² of counts against probabilities, in standard deviations from its mean. */
export function chiSquareZ(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((a, b) => a + b, 0);
  let chi = 0;
  let cells = 0;
  for (let i = 0; i < counts.length; i++) {
    const expected = total * probabilities[i]!;
    if (expected === 0) {
      if (counts[i] !== 0) return Infinity;
      continue;
    }
    chi += (counts[i]! - expected) ** 2 / expected;
    cells++;
  }
  return (chi - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

/** The scores of a predictor that gives each target position of a set the probabilities p(position) [V]. */
export function scoresOf(set: Examples, predict: (position: number) => ArrayLike<number>): Scores {
  const n = set.targets.length;
  const scores: Scores = {
    loss: new Float32Array(n),
    prediction: new Int32Array(n),
    inNats: true,
    noiseLoss: new Float32Array(n),
    brier: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const p = Array.from(predict(i));
    if (set.targets[i]! >= 0) scores.loss[i] = -Math.log(p[set.targets[i]!]!);
    scores.prediction[i] = p.indexOf(Math.max(...p));
    scores.noiseLoss[i] = -p.reduce((sum, q) => sum + Math.log(q), 0) / p.length;
    scores.brier[i] = p.reduce((sum, q, v) => sum + (q - Number(v === set.targets[i])) ** 2, 0);
  }
  return scores;
}

/** Whether two sets of rows share a row of inputs. */
export function shareRows(a: Examples, b: Examples): boolean {
  const keys = (set: Examples) =>
    Array.from({ length: set.rows }, (_, row) =>
      set.inputs.subarray(row * set.inputWidth, (row + 1) * set.inputWidth).join(),
    );
  const seen = new Set(keys(a));
  return keys(b).some((key) => seen.has(key));
}
