/** The table of emergence-in-time: accuracy of its runs at the end. */
import { median } from '../../scaling/index.ts';
import type { Results, Table } from '../lesson.ts';
import { soundMetrics } from '../shared/replicas.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { KEYS } from './design.ts';
import { PARITY } from './parity.ts';

export function runTable(results: Results): Table {
  return {
    name: 'runs',
    title: text('Accuracy at the end, median of the seeds', '最后的准确率，各种子的中位数'),
    columns: [
      { key: 'run', title: text('run', '训练') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'train', title: text('on its examples', '训练样本上') },
      { key: 'heldOut', title: text('held out', '留出') },
      { key: 'loss', title: text('held-out loss, nats or squared error', '留出损失，纳特或均方误差') },
    ],
    rows: [...KEYS, PARITY].flatMap((key) => {
      const run = finished(results, key);
      if (!run) return [];
      const last = (set: string, metric: string): number | null => {
        const value = median(soundMetrics(run, set, metric));
        return Number.isFinite(value) ? value : null;
      };
      return [
        [
          key,
          run.parameters,
          run.step,
          last('train', 'accuracy'),
          last('validation', 'accuracy'),
          last('validation', 'loss'),
        ],
      ];
    }),
  };
}
