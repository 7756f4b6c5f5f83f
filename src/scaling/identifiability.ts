/** Whether a table fixes E and the exponents at all: the difference between a wide interval and no answer. */
import { type Refusal, refuse } from './refusal.ts';
import { type Interval, intervalOf } from './statistics.ts';

/**
 * Judged at 98%, wider than the intervals that are shown: among tables that say almost nothing, those that happen to look tight at 90%
 * are mostly wrong. That alone does not stop them where points are few, see `unidentified` in power-law.ts.
 */
const JUDGED_AT = 0.98;

export interface Judged {
  name: string;
  estimate: number;
  draws: ArrayLike<number>;
}

/**
 * Refuses an E whose interval spans more than half of the lowest loss, and an exponent whose interval spans more than a factor of 4
 * or reaches an end of what is searched, 0.005 to 4.
 */
export function openParameters(
  lowest: number,
  floor: Judged,
  exponents: readonly Judged[],
  advice: string,
): Refusal | undefined {
  const judge = ({ estimate, draws }: Judged): Interval => intervalOf(estimate, draws, JUDGED_AT);
  const show = (interval: Interval): string =>
    `${interval.low.toPrecision(2)} to ${interval.high.toPrecision(2)}`;
  const E = judge(floor);
  if (E.high - E.low > lowest / 2) {
    const shown = exponents.map((exponent) => `${exponent.name} ${show(judge(exponent))}`).join(', ');
    return refuse(
      'floor-not-identifiable',
      `These runs leave the irreducible loss E open (98%: ${show(E)}), and with it ${shown}. ${advice}`,
    );
  }
  for (const exponent of exponents) {
    const interval = judge(exponent);
    if (interval.high > 4 * interval.low || interval.low < 0.006 || interval.high > 3.9) {
      return refuse(
        'exponent-not-identifiable',
        `These runs leave ${exponent.name} open (98%: ${show(interval)}). ${advice}`,
      );
    }
  }
  return undefined;
}
