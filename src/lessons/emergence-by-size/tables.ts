/** The table of emergence-by-size: exact match by width, and how many seeds learned. */
import type { SuccessRow } from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';
import type { Group } from './measured.ts';
import { PRESENT } from './verdict.ts';

export function successTable(groups: readonly Group[], rows: readonly SuccessRow[]): Table {
  return {
    name: 'sizes',
    title: text('Exact match on held-out sums', '留出算式的精确匹配'),
    columns: [
      { key: 'width', title: text('width', '宽度') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'seeds', title: text('seeds', '种子') },
      { key: 'median', title: text('median', '中位数') },
      { key: 'least', title: text('least', '最小') },
      { key: 'most', title: text('most', '最大') },
      { key: 'learned', title: text(`seeds at ${PRESENT} or more`, `达到 ${PRESENT} 的种子`) },
      { key: 'low', title: text('share, 90% interval from', '比例的 90% 区间下界') },
      { key: 'high', title: text('to', '上界') },
    ],
    rows: groups.flatMap(({ width, run, exact }) => {
      const row = rows.find(({ x }) => x === width);
      if (!row) return [];
      const { trials, successes, probability } = row;
      const [least, most] = [Math.min(...exact), Math.max(...exact)];
      return [
        [
          width,
          run.parameters,
          trials,
          row.median,
          least,
          most,
          successes,
          probability.low,
          probability.high,
        ],
      ];
    }),
  };
}
