/**
 * Laws of the whole grid in N and D: the joint law, which predicts a run longer than any of it; the frontier in C, which
 * predicts one that spends more; and slopes row by row.
 */
import {
  estimates,
  fitFrontier,
  fitParametricLaw,
  fitParametricLawLoosely,
  fitPowerLaw,
  fitPowerLawLoosely,
  frontier,
  type Interval,
  isRefusal,
  parametricEstimates,
  predict,
  predictLoss,
  type Refusal,
} from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import type { Model } from '../shared/facts-models.ts';
import type { Point } from '../shared/runs.ts';
import { parametricSummary, powerSummary, type Summary } from '../shared/fits.ts';
import { grouped, scientific, text } from '../shared/text.ts';
import { LEAST_HALF_WIDTH } from './design.ts';

/** What a law of the grid said of a run that it had not seen, beyond all of the grid in D or in C. */
export interface Beyond {
  predicted: Interval;
  measured: number;
  /** a line through the last two points in ln X */
  naive: number;
}

export interface Joint {
  tables: Table[];
  fits: Record<string, Summary>;
  /** what the verdict reports beside its own */
  numbers: Record<string, number | undefined>;
  /** undefined without the run, a refusal where the grid pins down no law */
  byData: Beyond | Refusal | undefined;
  byCompute: Beyond | Refusal | undefined;
}

/**
 * @param grid fitted models of several lengths
 * @param longer the model that is held out in D
 * @param held the model that is held out in N, and in C
 */
export function jointFits(
  grid: readonly Model[],
  longer: Model | undefined,
  held: Model | undefined,
  floor: number | undefined,
): Joint {
  const points = grid.map(({ N, D, loss }) => ({ N, D, loss }));
  const best = frontier(grid).map(({ C, loss }) => ({ x: C, y: loss }));
  const options = { leastHalfWidth: LEAST_HALF_WIDTH };
  // Predictions need no more than the curve; E and the exponents are reported only where the runs pin them down.
  const byData = longer && beyondData(fitParametricLawLoosely(points), grid, longer);
  const curve = fitPowerLawLoosely(best, floor === undefined ? {} : { floorAtLeast: floor });
  const byCompute =
    held &&
    (isRefusal(curve)
      ? curve
      : {
          predicted: predict(curve, held.C, options),
          measured: held.loss,
          naive: lineThroughLastTwo(best, held.C),
        });
  const [joint, bySpending] = [fitParametricLaw(points), fitFrontier(grid)];
  return {
    tables: [jointTable(joint, bySpending, byData, byCompute), slopeTable(grid)],
    fits: { joint: parametricSummary(joint), frontier: powerSummary(bySpending) },
    numbers: {
      ...(!isRefusal(joint) && {
        jointFloor: joint.E.estimate,
        jointAlpha: joint.alpha.estimate,
        jointBeta: joint.beta.estimate,
        jointExponent: joint.optimalExponent.estimate,
      }),
      ...(!isRefusal(bySpending) && { frontierAlpha: bySpending.alpha.estimate }),
      ...numbersOf('data', byData),
      ...numbersOf('compute', byCompute),
    },
    byData,
    byCompute,
  };
}

function numbersOf(name: string, beyond: Beyond | Refusal | undefined): Record<string, number> {
  if (!beyond || isRefusal(beyond)) return {};
  const { predicted, measured, naive } = beyond;
  return {
    [`${name}Predicted`]: predicted.estimate,
    [`${name}Low`]: predicted.low,
    [`${name}High`]: predicted.high,
    [`${name}Measured`]: measured,
    [`${name}Naive`]: naive,
  };
}

function beyondData(
  fit: ReturnType<typeof fitParametricLawLoosely>,
  grid: readonly Model[],
  longer: Model,
): Beyond | Refusal {
  if (isRefusal(fit)) return fit;
  const sameSize = grid.filter(({ N }) => N === longer.N).map(({ D, loss }) => ({ x: D, y: loss }));
  return {
    predicted: predictLoss(fit, longer.N, longer.D, { leastHalfWidth: LEAST_HALF_WIDTH }),
    measured: longer.loss,
    naive: lineThroughLastTwo(sameSize, longer.D),
  };
}

/** y at x by the line through the last two points in ln x. */
function lineThroughLastTwo(points: readonly Point[], x: number): number {
  const [a, b] = [...points].sort((one, other) => one.x - other.x).slice(-2);
  if (!a || !b) return NaN;
  return b.y + ((b.y - a.y) * Math.log(x / b.x)) / Math.log(b.x / a.x);
}

function jointTable(
  joint: ReturnType<typeof fitParametricLaw>,
  bySpending: ReturnType<typeof fitFrontier>,
  byData: Beyond | Refusal | undefined,
  byCompute: Beyond | Refusal | undefined,
): Table {
  const cells = (beyond: Beyond | Refusal | undefined): (number | null)[] => {
    if (!beyond || isRefusal(beyond)) return [null, null, null, null];
    const { predicted, measured } = beyond;
    return [predicted.estimate, predicted.low, predicted.high, measured];
  };
  const rows: Table['rows'] = [];
  if (!isRefusal(joint)) {
    const { E, A, B, alpha, beta } = parametricEstimates(joint);
    rows.push([
      'E + A/N^α + B/D^β',
      `E ${E.toFixed(3)}, A ${scientific(A)}, B ${scientific(B)}, α ${alpha.toFixed(2)}, β ${beta.toFixed(2)}`,
      ...cells(byData),
    ]);
  }
  if (!isRefusal(bySpending)) {
    const { E, A, alpha } = estimates(bySpending);
    rows.push([
      'E + A/C^α',
      `E ${E.toFixed(3)}, A ${scientific(A)}, α ${alpha.toFixed(2)}`,
      ...cells(byCompute),
    ]);
  }
  return {
    name: 'joint',
    title: text('Laws of the whole grid, and what they predicted', '整个网格的规律，以及它们的预测'),
    columns: [
      { key: 'law', title: text('law', '规律') },
      { key: 'estimates', title: text('estimates', '估计值') },
      { key: 'predicted', title: text('held-out loss predicted', '预测的留出损失') },
      { key: 'low', title: text('from', '下界') },
      { key: 'high', title: text('to', '上界') },
      { key: 'measured', title: text('measured', '实测') },
    ],
    rows,
  };
}

/** One power law a row: over sizes at equal data, over data at equal size. No exponent is a constant. */
function slopeTable(grid: readonly Model[]): Table {
  const rows = (['D', 'N'] as const).flatMap((held) => {
    const over = held === 'D' ? 'N' : 'D';
    const values = [...new Set(grid.map((model) => model[held]))].sort((a, b) => a - b);
    return values.map((value): Table['rows'][number] => {
      const points = grid
        .filter((model) => model[held] === value)
        .map((model) => ({ x: model[over], y: model.loss }));
      const fit = fitPowerLaw(points);
      return [over, `${held} = ${grouped(value)}`, ...slopeCells(fit)];
    });
  });
  return {
    name: 'slopes',
    title: text(
      'Slopes: E′ + A/X^α over one variable, the other held',
      '斜率：固定一个变量，对另一个拟合 E′ + A/X^α',
    ),
    columns: [
      { key: 'x', title: text('over X', '变量 X') },
      { key: 'at', title: text('at', '固定') },
      { key: 'alpha', title: text('slope α', '斜率 α') },
      { key: 'low', title: text('from', '下界') },
      { key: 'high', title: text('to', '上界') },
      { key: 'E', title: text('left over E′, nats', '剩余 E′，纳特') },
    ],
    rows,
  };
}

function slopeCells(fit: ReturnType<typeof fitPowerLaw> | Refusal): (number | null)[] {
  if (isRefusal(fit)) return [null, null, null, null];
  const { alpha, E } = fit;
  return [alpha.estimate, alpha.low, alpha.high, E.estimate];
}
