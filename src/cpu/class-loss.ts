/** Losses of classes with their gradients, and what an evaluation keeps of each row (shaders/class_loss.wgsl, class_scores.wgsl). */
import { stablemaxShare, type ClassLoss } from '../kernels/class-losses.ts';
import { STATE } from '../kernels/state.ts';
import { exp } from './exp.ts';
import type { Floats, State } from './arrays.ts';

/** One row of logits: `classes` of them from `start` on. */
interface Row {
  logits: Floats;
  start: number;
  classes: number;
}

interface RowLoss {
  /** The loss where `target` is the class; fills the row of `dlogits` with its gradient, divided by `count`. */
  loss(row: Row, target: number, dlogits: Floats | undefined, count: number): number;
  /** The loss, the mean over the classes [first, end) of −loss if each were the target, and Σ p², 0 where there are no p. */
  scores(row: Row, target: number, noise: readonly [first: number, end: number]): [number, number, number];
}

/**
 * loss = the row's loss, dlogits = its gradient / count; both 0 where the target is −1
 *
 * @param logits [rows, V]
 * @param targets [rows]
 * @param state its `count`: how many rows of the batch are scored
 * @param loss [rows]
 * @param dlogits [rows, V]
 */
export function classLoss(
  kind: ClassLoss,
  logits: Floats,
  targets: Int32Array,
  state: State,
  loss: Floats,
  dlogits: Floats | undefined,
): void {
  const rows = targets.length;
  const classes = logits.length / rows;
  const count = state[STATE.count]!;
  const of = LOSSES[kind];
  for (let i = 0, start = 0; i < rows; i++, start += classes) {
    const target = targets[i]!;
    loss[i] = target < 0 ? 0 : of.loss({ logits, start, classes }, target, dlogits, count);
    if (target < 0) dlogits?.fill(0, start, start + classes);
  }
}

/**
 * scores[row] = ( loss or 0 where the target is −1, argmax, mean of −loss over noise classes as targets, Σ p² or 0 )
 *
 * @param state its `step`: the number of this chunk of rows, which go to rows step · rows and on of `scores`
 * @param scores [all rows, 4]; what would lie beyond is dropped
 * @param noise the classes [first, end) that label noise is drawn from
 */
export function classScores(
  kind: ClassLoss,
  logits: Floats,
  targets: Int32Array,
  state: State,
  scores: Floats,
  noise: readonly [number, number],
): void {
  const rows = targets.length;
  const classes = logits.length / rows;
  const of = LOSSES[kind];
  for (let i = 0, start = 0; i < rows; i++, start += classes) {
    const at = 4 * (state[STATE.step]! * rows + i);
    if (at >= scores.length) return;
    const row = { logits, start, classes };
    const target = targets[i]!;
    const [loss, mean, squares] = of.scores(row, Math.max(target, 0), noise);
    scores[at] = target < 0 ? 0 : loss;
    scores[at + 1] = indexOfLargest(row);
    scores[at + 2] = mean;
    scores[at + 3] = squares;
  }
}

/** −ln p(target),  p = softmax(logits);   gradient p − onehot(target) */
const crossEntropy: RowLoss = {
  loss({ logits, start, classes }, target, dlogits, count) {
    const most = largest(logits, start, classes);
    let sum = 0;
    for (let v = start; v < start + classes; v++) sum += exp(logits[v]! - most);
    if (dlogits) {
      for (let v = 0; v < classes; v++) {
        const probability = exp(logits[start + v]! - most) / sum;
        dlogits[start + v] = (probability - (v === target ? 1 : 0)) / count;
      }
    }
    return Math.log(sum) - (logits[start + target]! - most);
  },
  scores({ logits, start, classes }, target, [first, end]) {
    const most = largest(logits, start, classes);
    let [sum, squares, noise] = [0, 0, 0];
    for (let v = 0; v < classes; v++) {
      const x = logits[start + v]! - most;
      const e = exp(x);
      sum += e;
      squares += e * e;
      if (v >= first && v < end) noise += x;
    }
    const log = Math.log(sum);
    const loss = log - (logits[start + target]! - most);
    return [loss, noise / (end - first) - log, squares / (sum * sum)];
  },
};

/**
 * −ln p(target),  p = s(logits) / Σ s(logits),  s(x) = 1 + x where x ≥ 0 and 1 / (1 − x) where not;
 * gradient (p − onehot(target)) / (1 + |logit|). Prieto et al. 2025, arXiv:2501.04697.
 */
const stablemax: RowLoss = {
  loss({ logits, start, classes }, target, dlogits, count) {
    let sum = 0;
    for (let v = start; v < start + classes; v++) sum += stablemaxShare(logits[v]!);
    if (dlogits) {
      for (let v = 0; v < classes; v++) {
        const x = logits[start + v]!;
        dlogits[start + v] = (stablemaxShare(x) / sum - (v === target ? 1 : 0)) / (1 + Math.abs(x)) / count;
      }
    }
    return Math.log(sum / stablemaxShare(logits[start + target]!));
  },
  scores({ logits, start, classes }, target, [first, end]) {
    let [sum, squares, noise] = [0, 0, 0];
    for (let v = 0; v < classes; v++) {
      const share = stablemaxShare(logits[start + v]!);
      sum += share;
      squares += share * share;
      if (v >= first && v < end) noise += Math.log(share);
    }
    const loss = Math.log(sum / stablemaxShare(logits[start + target]!));
    return [loss, noise / (end - first) - Math.log(sum), squares / (sum * sum)];
  },
};

/** Σ (logits − onehot(target))² / V;   gradient 2 (logits − onehot(target)) / V */
const squaredError: RowLoss = {
  loss({ logits, start, classes }, target, dlogits, count) {
    let sum = 0;
    for (let v = 0; v < classes; v++) {
      const difference = logits[start + v]! - (v === target ? 1 : 0);
      sum += difference * difference;
      if (dlogits) dlogits[start + v] = (2 * difference) / classes / count;
    }
    return sum / classes;
  },
  scores({ logits, start, classes }, target, [first, end]) {
    let [error, squares, noise] = [0, 0, 0];
    for (let v = 0; v < classes; v++) {
      const x = logits[start + v]!;
      error += (x - (v === target ? 1 : 0)) ** 2;
      squares += x * x;
      if (v >= first && v < end) noise += x;
    }
    return [error / classes, -(squares - (2 * noise) / (end - first) + 1) / classes, 0];
  },
};

const LOSSES: Readonly<Record<ClassLoss, RowLoss>> = {
  'cross-entropy': crossEntropy,
  stablemax,
  'squared-error': squaredError,
};

/** May skip NaN: what is computed from it meets the NaN again. */
function largest(values: Floats, start: number, count: number): number {
  let most = values[start]!;
  for (let i = start + 1; i < start + count; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** Of equal ones the first; 0 where NaN hides it. */
function indexOfLargest({ logits, start, classes }: Row): number {
  let best = 0;
  for (let v = 1; v < classes; v++) if (logits[start + v]! > logits[start + best]!) best = v;
  return best;
}
