/** What mirage measures: single questions, exams of drawn papers, and the digits of sums. */
import { examOf, mirageScore, type MirageScore } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import { metricCurve } from '../shared/runs.ts';
import { DIGITS } from './design.ts';

/** Facts of middling fame. */
export const BAND = 'ranks101to300';
/** Questions of a drawn paper, all of which must be right. */
export const QUESTIONS = 10;
/** Share of the drawn papers without a wrong answer (src/tasks/facts.ts). */
export const EXAM = 'exam10';
const PAPERS = 2000;
const FACTS = 200;

export interface Row {
  width: number;
  N: number;
  /** share of the facts of the band that are known */
  accuracy: number;
  /** share of the drawn papers that are passed */
  exam: number;
  loss: number;
}

/** By the drawn papers where m is theirs, by p^m for exams of other lengths. */
export function scoreOf(rows: readonly Row[], m: number): MirageScore {
  return mirageScore(
    rows.map(({ width, accuracy, exam }) => ({
      N: width,
      accuracy,
      items: FACTS,
      ...(m === QUESTIONS && { exact: exam, exams: PAPERS }),
    })),
    m,
  );
}

/** One moment of learning to add. */
export interface Sum {
  step: number;
  /** share of the digits right */
  digits: number;
  /** digits^n: what independent digits, all as hard, would give */
  expected: number;
  /** share of the sums right */
  exact: number;
  /** cross-entropy of a digit, nats */
  loss: number;
}

export function sumsOf(run: RunResult): Sum[] {
  const of = (metric: string): Map<number, number> =>
    new Map(metricCurve(run, 'validation', metric).map(({ x, y }) => [x, y]));
  const [exact, loss] = [of('exactMatch'), of('loss')];
  return [...of('accuracy')].map(([step, digits]) => ({
    step,
    digits,
    expected: examOf(digits, DIGITS),
    exact: exact.get(step) ?? NaN,
    loss: loss.get(step) ?? NaN,
  }));
}

/** The moment at which whole sums lag farthest behind what their digits promise. */
export function farthest(sums: readonly Sum[]): Sum | undefined {
  return sums
    .filter(({ exact }) => Number.isFinite(exact))
    .toSorted((a, b) => b.expected - b.exact - (a.expected - a.exact))[0];
}
