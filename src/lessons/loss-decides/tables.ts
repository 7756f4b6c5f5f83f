/** Tables of loss-decides: how well loss and size predict, and the runs. */
import { isRefusal } from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';
import { bandName, bandRange, BANDS } from './bands.ts';
import type { BandScore, Stop } from './measured.ts';

export function scoreTable(scores: readonly BandScore[], thresholds: readonly (number | undefined)[]): Table {
  return {
    name: 'scores',
    title: text('What explains the ability, by rank of the facts', '什么能解释能力（按事实的名次）'),
    columns: [
      { key: 'band', title: text('ranks', '名次') },
      { key: 'byLoss', title: text('R² by loss', '损失的 R²') },
      { key: 'bySize', title: text('R² by size', '规模的 R²') },
      { key: 'byCompute', title: text('R² by compute', '计算量的 R²') },
      { key: 'leaveOneOut', title: text('error for a size left out', '对留出规模的误差') },
      { key: 'spreadAtEqualLoss', title: text('range at equal loss', '等损失时的差距') },
      { key: 'spreadAtEqualStep', title: text('range at equal steps', '等步数时的差距') },
      { key: 'threshold', title: text('loss at 10%', '达到 10% 时的损失') },
    ],
    rows: scores.map(({ band, score }, i) => {
      const name = bandRange(band);
      const threshold = thresholds[i] ?? null;
      if (isRefusal(score)) return [name, null, null, null, null, null, null, threshold];
      const { byLoss, bySize, byCompute, leaveOneSizeOut, spreadAtEqualLoss, spreadAtEqualStep } = score;
      return [
        name,
        byLoss,
        bySize,
        byCompute,
        leaveOneSizeOut,
        spreadAtEqualLoss,
        Number.isFinite(spreadAtEqualStep) ? spreadAtEqualStep : null,
        threshold,
      ];
    }),
  };
}

export function stopTable(stops: readonly Stop[]): Table {
  return {
    name: 'checkpoints',
    title: text('Checkpoints', '检查点'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'step', title: text('step', '步') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
      ...BANDS.map((band) => ({ key: band, title: bandName(band) })),
    ],
    rows: stops.map(({ N, step, loss, abilities }) => [
      N,
      step,
      loss,
      ...BANDS.map((band) => (Number.isFinite(abilities[band]) ? abilities[band] : null)),
    ]),
  };
}
