/** What overtraining measures: the compute of both models of a pair, and when the small one pays. */
import { type Overtraining, overtraining, type Refusal, type Trained } from '../../scaling/index.ts';
import { factsExampleFlops, factsQueryFlops } from '../shared/facts.ts';
import type { Model } from '../shared/facts-models.ts';

/** Between finished runs, never along one: losses fall fastest where a schedule ends. */
export function compare(
  small: readonly Model[],
  large: readonly Model[],
): Overtraining | Refusal | undefined {
  if (small.length < 2 || large.length < 2) return undefined;
  const curve = (rows: readonly Model[]): Trained => ({
    N: rows[0]!.N,
    perExample: {
      training: factsExampleFlops(rows[0]!.width),
      query: factsQueryFlops(rows[0]!.width),
    },
    curve: rows.map(({ D, loss }) => ({ x: D, y: loss })),
  });
  return overtraining(curve(small), curve(large));
}
