/** Tables of scaling-laws: its models, what was predicted of the held-out one, and published slopes. */
import { type HeldOutScore, KAPLAN } from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import type { Model } from '../shared/facts-models.ts';
import { same, text } from '../shared/text.ts';

export function runTable(rows: readonly Model[]): Table {
  return {
    name: 'runs',
    title: text('Models', '模型'),
    columns: [
      { key: 'width', title: text('width', '宽度') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'D', title: text('examples D', '样本 D') },
      { key: 'C', title: text('compute C, FLOPs', '计算量 C，FLOP') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: rows.map(({ width, N, D, C, loss }) => [width, N, D, C, loss]),
  };
}

export function scoreTable({ y, predicted, naive }: HeldOutScore): Table {
  const line = (name: string, value: number | undefined): (number | string | null)[] => [
    name,
    value ?? null,
    value === undefined ? null : y - value,
  ];
  return {
    name: 'held-out',
    title: text('Predictions of the held-out loss', '对留出损失的预测'),
    columns: [
      { key: 'guess', title: text('by', '方法') },
      { key: 'predicted', title: text('predicted, nats', '预测，纳特') },
      { key: 'error', title: text('measured − predicted', '实测 − 预测') },
    ],
    rows: [
      line('E′ + A/N^α', predicted.estimate),
      line('last two points', naive.lastTwo),
      line('E′ = 0', naive.noFloor),
      line('E′ = floor', naive.fixedFloor),
    ],
  };
}

/** Published slopes, for text, without a floor. */
export function kaplanTable(): Table {
  const { source, parameters, data, compute } = KAPLAN;
  return {
    name: 'kaplan',
    title: text(
      'Published slopes for language models: L = (X₀ / X)^α',
      '已发表的语言模型斜率：L = (X₀ / X)^α',
    ),
    columns: [
      { key: 'x', title: same('X') },
      { key: 'alpha', title: same('α') },
      { key: 'scale', title: same('X₀') },
      { key: 'unit', title: text('unit', '单位') },
      { key: 'source', title: text('source', '来源') },
    ],
    rows: [
      ['N', parameters.alpha, parameters.scale, parameters.unit, source],
      ['D', data.alpha, data.scale, data.unit, source],
      ['C', compute.alpha, compute.scale, compute.unit, source],
    ],
  };
}
