/**
 * Metrics: pure functions of an evaluation set and its scores. Positions whose target is −1 never count.
 * The choice of metric can make a smooth gain look like a jump: Schaeffer et al. 2023, arXiv:2304.15004.
 */
import type { Examples, Scores } from './task.ts';

/** Mean of f over the scored positions; NaN if there are none. */
function meanOverScored(set: Examples, f: (position: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < set.targets.length; i++) {
    if (set.targets[i]! < 0) continue;
    sum += f(i);
    count++;
  }
  return sum / count;
}

/** Mean loss over the scored positions: cross-entropy in nats, unless a run trains by another. */
export function meanLoss(set: Examples, scores: Scores): number {
  return meanOverScored(set, (i) => scores.loss[i]!);
}

/** Share of the scored positions whose likeliest class is the target. */
export function accuracy(set: Examples, scores: Scores): number {
  return meanOverScored(set, (i) => Number(scores.prediction[i] === set.targets[i]));
}

/** Accuracy at one target column (e.g. one digit of the answer); NaN where the column is never scored. */
export function columnAccuracy(set: Examples, scores: Scores, column: number): number {
  let right = 0;
  let count = 0;
  for (let i = column; i < set.targets.length; i += set.targetWidth) {
    if (set.targets[i]! < 0) continue;
    right += Number(scores.prediction[i] === set.targets[i]);
    count++;
  }
  return right / count;
}

/** Share of the rows whose scored positions are all right; rows without any do not count. */
export function exactMatch(set: Examples, scores: Scores): number {
  let right = 0;
  let count = 0;
  for (let row = 0; row < set.rows; row++) {
    let scored = false;
    let wrong = false;
    for (let i = row * set.targetWidth; i < (row + 1) * set.targetWidth; i++) {
      if (set.targets[i]! < 0) continue;
      scored = true;
      wrong ||= scores.prediction[i] !== set.targets[i];
    }
    count += Number(scored);
    right += Number(scored && !wrong);
  }
  return right / count;
}

/** Brier score Σ_c (p_c − [c = target])², mean over the scored positions; in [0, 2] where p are probabilities. */
export function brier(set: Examples, scores: Scores): number {
  return meanOverScored(set, (i) => scores.brier[i]!);
}

/** Chance to have all of m independent questions right, each with chance p: p^m. */
export function allOf(p: number, m: number): number {
  return p ** m;
}

/** Levenshtein distance: fewest insertions, deletions and substitutions that turn one sequence into the other. */
export function editDistance(from: ArrayLike<number>, to: ArrayLike<number>): number {
  let above = Uint32Array.from({ length: to.length + 1 }, (_, j) => j);
  let current = new Uint32Array(to.length + 1);
  for (let i = 1; i <= from.length; i++) {
    current[0] = i;
    for (let j = 1; j <= to.length; j++) {
      const substitute = above[j - 1]! + Number(from[i - 1] !== to[j - 1]);
      current[j] = Math.min(substitute, above[j]! + 1, current[j - 1]! + 1);
    }
    [above, current] = [current, above];
  }
  return above[to.length]!;
}

/** Mean over rows of the edit distance between predicted and true scored tokens, as a share of their number. */
export function meanEditDistance(set: Examples, scores: Scores): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < set.rows; row++) {
    const predicted: number[] = [];
    const wanted: number[] = [];
    for (let i = row * set.targetWidth; i < (row + 1) * set.targetWidth; i++) {
      if (set.targets[i]! < 0) continue;
      predicted.push(scores.prediction[i]!);
      wanted.push(set.targets[i]!);
    }
    if (wanted.length === 0) continue;
    sum += editDistance(predicted, wanted) / wanted.length;
    count++;
  }
  return sum / count;
}
