/** Laws of the whole grid in N and D, at the large size. */
import {
  estimates,
  fitFrontier,
  fitParametricLaw,
  isRefusal,
  parametricEstimates,
  predictLoss,
} from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import type { Model } from '../shared/facts-models.ts';
import { parametricSummary, powerSummary, type Summary } from '../shared/fits.ts';
import { scientific, text } from '../shared/text.ts';
import { LEAST_HALF_WIDTH } from './design.ts';

export function jointFits(
  grid: readonly Model[],
  held: Model | undefined,
): { table: Table; fits: Record<string, Summary> } {
  const joint = fitParametricLaw(grid.map(({ N, D, loss }) => ({ N, D, loss })));
  const bySpending = fitFrontier(grid);
  const rows: Table['rows'] = [];
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
  }
  if (!isRefusal(bySpending)) {
    const { E, A, alpha } = estimates(bySpending);
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
    table: {
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
    },
    fits: { joint: parametricSummary(joint), frontier: powerSummary(bySpending) },
  };
}
