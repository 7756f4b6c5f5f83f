/** Tables of overtraining: its models, and its pairs. */
import type { Overtraining } from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import type { Model } from '../shared/facts-models.ts';
import { text } from '../shared/text.ts';

export function runTable(rows: readonly Model[]): Table {
  return {
    name: 'runs',
    title: text('Finished models', '训练完成的模型'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'C', title: text('compute C, FLOPs', '计算量 C，FLOP') },
      { key: 'rule', title: text('by the rule 6ND', '按公式 6ND') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: rows.map(({ N, run, D, C, loss }) => [N, run.step, D, C, 6 * N * D, loss]),
  };
}

export function pairTable({ small, large }: Overtraining): Table {
  return {
    name: 'equal-loss',
    title: text('At equal loss', '等损失时'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'training', title: text('training, FLOPs', '训练，FLOP') },
      { key: 'query', title: text('a query, FLOPs', '一次查询，FLOP') },
    ],
    rows: [large, small].map(({ N, D, trainingFlops, queryFlops }) => [N, D, trainingFlops, queryFlops]),
  };
}
