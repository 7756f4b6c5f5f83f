/**
 * Is the jump in the model or in the metric (Schaeffer et al. 2304.15004)? Per-item accuracy p may rise smoothly while
 * an exam of m items that must all be right, p^m if items are independent, rises suddenly.
 */
import { type Refusal } from './refusal.ts';
import { type Sharpness, sharpness } from './threshold.ts';

/** One model, scored both ways. */
export interface MirageRow {
  N: number;
  /** Share of single items right, out of `items`. */
  accuracy: number;
  items: number;
  /** Share of exams with all m items right, out of `exams`, where exams were sampled. */
  exact?: number;
  exams?: number;
}

export interface MirageRowScore {
  N: number;
  accuracy: number;
  /** accuracy^m */
  expected: number;
  exact?: number;
  /** (exact − accuracy^m) in units of its sampling error; |z| < 2 is agreement. */
  z?: number;
}

export interface MirageScore {
  rows: MirageRowScore[];
  /** 10%–90% factor in N of the items and of the exam (the sampled one where there is one, p^m otherwise). */
  item: Sharpness | Refusal;
  exam: Sharpness | Refusal;
  /**
   * Items' share of their final value at the last size where the exam is still below 1% of its own; undefined where no size is.
   */
  itemShareBeforeExam?: number;
  /** Rows with |z| < 2, of those with sampled exams. */
  consistent: { rows: number; of: number };
}

/** Expected exam score of a model with independent items. */
export function examOf(accuracy: number, m: number): number {
  return accuracy ** m;
}

export function mirageScore(models: readonly MirageRow[], m: number): MirageScore {
  const rows = [...models].sort((a, b) => a.N - b.N).map((model) => scoreRow(model, m));
  const exam = rows.map((row) => ({ x: row.N, y: row.exact ?? row.expected }));
  const last = rows.at(-1);
  const before = last && exam.findLastIndex((point) => point.y < 0.01 * exam.at(-1)!.y);
  const judged = rows.filter((row) => row.z !== undefined);
  return {
    rows,
    item: sharpness(rows.map((row) => ({ x: row.N, y: row.accuracy }))),
    exam: sharpness(exam),
    ...(before !== undefined && before >= 0
      ? { itemShareBeforeExam: rows[before]!.accuracy / last!.accuracy }
      : {}),
    consistent: { rows: judged.filter((row) => Math.abs(row.z!) < 2).length, of: judged.length },
  };
}

function scoreRow({ N, accuracy, items, exact, exams }: MirageRow, m: number): MirageRowScore {
  const expected = examOf(accuracy, m);
  if (exact === undefined || exams === undefined) return { N, accuracy, expected };
  // Binomial error of the exam at its expected value, and of accuracy^m by the delta method. Half an exam and half an item keep
  // the error above 0 where a sample has only failures or only successes.
  const exam = (expected * exams + 0.5) / (exams + 1);
  const item = (accuracy * items + 0.5) / (items + 1);
  const variance = (exam * (1 - exam)) / exams + (m * item ** (m - 1)) ** 2 * ((item * (1 - item)) / items);
  return { N, accuracy, expected, exact, z: (exact - expected) / Math.sqrt(variance) };
}
