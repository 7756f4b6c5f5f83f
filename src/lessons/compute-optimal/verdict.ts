/** The verdict of compute-optimal: whether one half lies in the interval of the exponent of the best size. */
import { type Interval, isRefusal, type IsoflopFit, type Refusal } from '../../scaling/index.ts';
import type { Results, Verdict } from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { type Budget, isoflopKeys } from '../shared/isoflop.ts';
import { fixed, grouped, text } from '../shared/text.ts';

/** Size and examples grow alike. */
const EQUAL = 0.5;
/** An interval wider than this would hold one half whatever is true. */
const WIDEST = 0.25;

const REFUTED_BY = text(
  `An interval of 90% for the exponent a of N ∝ Cᵃ that is no wider than ${WIDEST} and leaves ${EQUAL} out.`,
  `N ∝ Cᵃ 的指数 a 的 90% 区间不宽于 ${WIDEST}，却不含 ${EQUAL}。`,
);

export function verdictOf(
  results: Results,
  budgets: readonly Budget[],
  fit: IsoflopFit | Refusal,
  exponent: Interval | undefined,
  withoutTables: number | undefined,
): Verdict {
  const missing = gap(results, isoflopKeys(budgets));
  if (missing) return notEnough(missing, REFUTED_BY);
  if (isRefusal(fit) || !exponent)
    return notEnough(isRefusal(fit) ? refusalText(fit) : REFUTED_BY, REFUTED_BY);
  const { estimate, low, high } = exponent;
  const largest = fit.valleys.at(-1)!;
  const numbers = known({
    exponent: estimate,
    exponentLow: low,
    exponentHigh: high,
    exponentWithoutTables: withoutTables,
    optimum: largest.N.estimate,
    optimumLow: largest.N.low,
    optimumHigh: largest.N.high,
    examplesPerParameter: largest.D / largest.N.estimate,
  });
  const range = `${fixed(estimate, 2)} [${fixed(low, 2)}, ${fixed(high, 2)}]`;
  if (high - low > WIDEST) {
    return notEnough(
      text(
        `The exponent is ${range}: these valleys are too shallow for the noise to tell; repeat with other seeds.`,
        `指数为 ${range}：相对于噪声，这些谷太浅，分辨不出；请换种子重复。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  return {
    outcome: low <= EQUAL && EQUAL <= high ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `All ${fit.valleys.length} budgets have their lowest loss inside the sizes tried; the best N grows as Cᵃ with a = ${range}, to ${grouped(largest.N.estimate)} parameters at the largest budget.`,
      `${fit.valleys.length} 个预算的最低损失都落在所试规模之内；最优的 N 按 Cᵃ 增长，a = ${range}，最大预算下为 ${grouped(largest.N.estimate)} 个参数。`,
    ),
    refutedBy: REFUTED_BY,
  };
}
