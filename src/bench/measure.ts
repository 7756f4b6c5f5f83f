/** Timings: medians of rounds in which the subjects take turns, so that a busy moment hits them all. */
import type { Subject } from './subject.ts';

export interface Rounds {
  /** stop after about this long */
  budgetMs: number;
  least: number;
  most: number;
}

/**
 * Times `run(steps)` of each subject, one after the other, round after round.
 * @param steps of each, or of all
 * @returns ms per step, the median for each subject
 */
export async function time(
  subjects: readonly Pick<Subject, 'run'>[],
  steps: number | readonly number[],
  rounds: Rounds,
): Promise<number[]> {
  const samples = subjects.map((): number[] => []);
  const started = performance.now();
  for (let round = 0; round < rounds.most; round++) {
    const spent = performance.now() - started;
    // The next round takes as long as the mean of those before: it must fit.
    if (round >= rounds.least && spent + spent / round > rounds.budgetMs) break;
    for (const [i, subject] of subjects.entries()) {
      const count = typeof steps === 'number' ? steps : steps[i]!;
      const from = performance.now();
      await subject.run(count);
      samples[i]!.push((performance.now() - from) / count);
    }
  }
  return samples.map(median);
}

/** The middle value, or the mean of the two. @throws RangeError where there is none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The median of no values.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
