/** Laws of the whole grid in N and D, at the large size: the joint law, the frontier in C, and slopes row by row. */
import {
  estimates,
  fitFrontier,
  fitParametricLaw,
  fitPowerLaw,
  isRefusal,
  type ParametricFit,
  parametricEstimates,
  predictLoss,
  type Refusal,
} from '../../scaling/index.ts';
import type { Table, Text } from '../lesson.ts';
import type { Model } from '../shared/facts-models.ts';
import { parametricSummary, powerSummary, type Summary } from '../shared/fits.ts';
import { grouped, scientific, text } from '../shared/text.ts';
import { LEAST_HALF_WIDTH } from './design.ts';

export interface Joint {
  tables: Table[];
  fits: Record<string, Summary>;
  /** what the verdict reports beside its own */
  numbers: Record<string, number | undefined>;
  /** one more sentence for the verdict; none without a law or a held-out model */
  sentence: Text | undefined;
}

export function jointFits(grid: readonly Model[], held: Model | undefined, floor: number | undefined): Joint {
  const joint = fitParametricLaw(grid.map(({ N, D, loss }) => ({ N, D, loss })));
  const bySpending = fitFrontier(grid);
  const rows: Table['rows'] = [];
  const numbers: Joint['numbers'] = {};
  let sentence: Text | undefined;
  if (!isRefusal(joint)) {
    const { E, A, B, alpha, beta } = parametricEstimates(joint);
    const guess = held && predictLoss(joint, held.N, held.D, { leastHalfWidth: LEAST_HALF_WIDTH });
    rows.push([
      'E + A/N^α + B/D^β',
      `E ${E.toFixed(3)}, A ${scientific(A)}, B ${scientific(B)}, α ${alpha.toFixed(2)}, β ${beta.toFixed(2)}`,
      guess?.estimate ?? null,
      guess?.low ?? null,
      guess?.high ?? null,
      held?.loss ?? null,
    ]);
    Object.assign(numbers, {
      jointFloor: E,
      jointAlpha: alpha,
      jointBeta: beta,
      jointExponent: joint.optimalExponent.estimate,
      jointPredicted: guess?.estimate,
      jointLow: guess?.low,
      jointHigh: guess?.high,
    });
    if (held && guess) sentence = jointSentence(joint, held, guess, floor);
  }
  if (!isRefusal(bySpending)) {
    const { E, A, alpha } = estimates(bySpending);
    numbers.frontierAlpha = alpha;
    rows.push([
      'frontier: E + A/C^α',
      `E ${E.toFixed(3)}, A ${scientific(A)}, α ${alpha.toFixed(2)}`,
      null,
      null,
      null,
      null,
    ]);
  }
  return {
    tables: [jointTable(rows), slopeTable(grid)],
    fits: { joint: parametricSummary(joint), frontier: powerSummary(bySpending) },
    numbers,
    sentence,
  };
}

function jointSentence(
  { E, points }: ParametricFit,
  held: Model,
  guess: { estimate: number; low: number; high: number },
  floor: number | undefined,
): Text {
  const said = `${guess.estimate.toFixed(3)} [${guess.low.toFixed(3)}, ${guess.high.toFixed(3)}]`;
  const isInside = held.loss >= guess.low && held.loss <= guess.high;
  const its = `E = ${E.estimate.toFixed(3)} [${E.low.toFixed(3)}, ${E.high.toFixed(3)}]`;
  const known = floor === undefined ? undefined : floor.toFixed(3);
  return text(
    ` The law of all ${points.length} runs in N and D predicted ${said}: ${isInside ? 'inside' : 'outside'}. Its ${its}${known ? `; the true floor is ${known}` : ''}.`,
    `由全部 ${points.length} 次训练拟合的 N 与 D 的联合规律预测 ${said}：${isInside ? '在区间之内' : '在区间之外'}。它给出 ${its}${known ? `，真正的下限是 ${known}` : ''}。`,
  );
}

function jointTable(rows: Table['rows']): Table {
  return {
    name: 'joint',
    title: text('Laws of the whole grid', '整个网格的规律'),
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
