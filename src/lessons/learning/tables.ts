/** Tables of learning: by learning rate, and by width. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Table } from '../lesson.ts';
import { lastMetrics } from '../shared/replicas.ts';
import { text } from '../shared/text.ts';
import { lastLoss } from './measured.ts';

export function rateTable(run: RunResult): Table {
  const clean = lastMetrics(run, 'clean', 'loss');
  const heldOut = lastMetrics(run, 'validation', 'loss');
  return {
    name: 'rates',
    title: text('Mean squared error at the end, by learning rate', '各学习率最后的均方误差'),
    columns: [
      { key: 'rate', title: text('learning rate', '学习率') },
      { key: 'train', title: text('on the points', '训练点上') },
      { key: 'heldOut', title: text('on held-out points', '留出点上') },
      { key: 'clean', title: text('against the line itself', '与真实曲线相比') },
    ],
    rows: clean.map((loss, i) => [
      run.spec.learningRates[i] ?? run.spec.learningRate,
      orNull(lastLoss(run, i)),
      orNull(heldOut[i]),
      orNull(loss),
    ]),
  };
}

export function widthTable(runs: readonly RunResult[]): Table {
  const rows = runs
    .map((run) => [
      run.parameters,
      orNull(lastLoss(run, 0)),
      orNull(lastMetrics(run, 'validation', 'loss')[0]),
      orNull(lastMetrics(run, 'clean', 'loss')[0]),
    ])
    .sort((a, b) => a[0]! - b[0]!);
  return {
    name: 'sizes',
    title: text('Mean squared error at the end, by size', '各种大小最后的均方误差'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'train', title: text('on the points', '训练点上') },
      { key: 'heldOut', title: text('on held-out points', '留出点上') },
      { key: 'clean', title: text('against the line itself', '与真实曲线相比') },
    ],
    rows,
  };
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
