/** What is given of compute-optimal: the valleys of the smaller budgets. Asked: where the largest has its own. */
import { pick, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

export const question: Question = {
  kind: 'point',
  value: 'optimum',
  unit: text(' parameters', ' 个参数'),
  figure: 'valleys',
  x: { label: quantities.PARAMETERS, scale: 'log', range: [2000, 80_000] },
  y: { label: quantities.LOSS, scale: 'linear', range: [0.66, 1.05] },
  hint: text(
    'Which size will be best for ten times the smallest budget?',
    '预算是最小者的十倍时，多大的模型最好？',
  ),
  given: ({ series }) =>
    series.flatMap((one) => {
      if (one.role === 'fit') return [pick(one, [...one.x.keys()].slice(0, -1))];
      return one.rank && one.rank[0] < one.rank[1] - 1 ? [one] : [];
    }),
  far: { factor: 6 },
  replay: 'series',
};
