/** Tables of efficiency-times-time: the factors of each change, and the reference they are read from. */
import { median } from '../../scaling/index.ts';
import type { Results, Size, Table } from '../lesson.ts';
import { lastMetrics } from '../shared/replicas.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { ADAM, keyOf, LENGTHS, referenceLengths } from './design.ts';
import { type Row, shiftsOf } from './measured.ts';

const middle = (values: readonly number[]): number | null => {
  const value = median(values.filter(Number.isFinite));
  return Number.isFinite(value) ? value : null;
};
const end = (values: readonly number[], which: 'min' | 'max'): number | null => {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? Math[which](...known) : null;
};

export function factorTable(rows: readonly Row[], size: Size): Table {
  const [short, long] = LENGTHS[size];
  return {
    name: 'factors',
    title: text('Factors in training time against Adam', '与 Adam 相比的训练时间倍数'),
    columns: [
      { key: 'change', title: text('change', '改变') },
      { key: 'loss', title: text('loss at the end, nats', '最后的损失，纳特') },
      { key: 'accuracy', title: text('accuracy at the end', '最后的准确率') },
      {
        key: 'short',
        title: text(`factor after ${short} steps, median`, `${short} 步之后的倍数，中位数`),
      },
      { key: 'factor', title: text(`after ${long} steps, median`, `${long} 步之后，中位数`) },
      { key: 'least', title: text('least', '最小') },
      { key: 'most', title: text('most', '最大') },
      { key: 'shift', title: text('long over short, median', '长比短，中位数') },
      { key: 'byAccuracy', title: text('factor by accuracy, median', '按准确率的倍数，中位数') },
      { key: 'seeds', title: text('seeds', '种子') },
    ],
    rows: rows.map((row) => [
      row.change.key,
      middle(row.long.loss),
      middle(row.long.accuracy),
      middle(row.short.byLoss),
      middle(row.long.byLoss),
      end(row.long.byLoss, 'min'),
      end(row.long.byLoss, 'max'),
      middle(shiftsOf(row)),
      middle(row.long.byAccuracy),
      row.long.byLoss.filter(Number.isFinite).length,
    ]),
  };
}

export function referenceTable(results: Results, size: Size): Table {
  return {
    name: 'reference',
    title: text(
      'Adam on fresh examples, each length with its own schedule',
      '全新样本上的 Adam，每种时长各有日程',
    ),
    columns: [
      { key: 'steps', title: text('steps', '步数') },
      { key: 'loss', title: text('loss at the end, nats', '最后的损失，纳特') },
      { key: 'accuracy', title: text('accuracy at the end', '最后的准确率') },
    ],
    rows: referenceLengths(size).flatMap((steps) => {
      const run = finished(results, keyOf(ADAM, steps));
      if (!run) return [];
      const at = (metric: string): number | null => middle(lastMetrics(run, 'facts', metric));
      return [[run.step, at('exactLoss'), at('accuracy')]];
    }),
  };
}
