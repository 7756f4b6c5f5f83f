/**
 * The fair test between loss and compute: models that spend equal compute on different sizes, each trained to the end
 * of its own schedule. Along one run the loss follows compute, so nothing there can tell the two apart.
 */
import { isotonicR2 } from '../../scaling/index.ts';
import type { Figure, Results, Size, Table, Text } from '../lesson.ts';
import { isoflopKeys, type IsoflopModel, isoflopModels } from '../shared/isoflop.ts';
import { lastMetric } from '../shared/runs.ts';
import { sizeSeries } from '../shared/series.ts';
import { same, scientific, text } from '../shared/text.ts';
import { type Band, bandRange } from './bands.ts';
import { DESIGNS } from './design.ts';

/** What a run spends may differ from its budget by this factor, which all must share: steps are whole numbers. */
const TOLERANCE = 1.05;

export interface FairScore {
  band: Band;
  /** isotonic R² of the ability at the end */
  byLoss: number;
  bySize: number;
  byCompute: number;
}

export interface Fair {
  models: readonly IsoflopModel[];
  scores: FairScore[];
  /** the worst band for the loss, the best for its rivals */
  numbers: { fairLoss: number; fairSize: number; fairCompute: number };
}

/** None while runs are missing, and where they no longer spend equal compute. */
export const fairKeys = (size: Size): string[] => isoflopKeys(DESIGNS[size].fair.budgets);

export function fairTest(results: Results, size: Size): Fair | undefined {
  const { bands, fair } = DESIGNS[size];
  const models = isoflopModels(results, fair);
  const shares = models.map(({ C, budget }) => C / budget);
  if (models.length < fairKeys(size).length || Math.max(...shares) > TOLERANCE * Math.min(...shares))
    return undefined;
  const scores = bands.map((band): FairScore => {
    const ability = models.map(({ run }) => lastMetric(run, 'facts', band));
    const by = (read: (model: IsoflopModel) => number, direction: 'increasing' | 'decreasing'): number =>
      isotonicR2(models.map(read), ability, direction);
    return {
      band,
      byLoss: by(({ loss }) => loss, 'decreasing'),
      bySize: by(({ N }) => N, 'increasing'),
      byCompute: by(({ budget }) => budget, 'increasing'),
    };
  });
  const all = (key: 'byLoss' | 'bySize' | 'byCompute'): number[] => scores.map((score) => score[key]);
  const numbers = {
    fairLoss: Math.min(...all('byLoss')),
    fairSize: Math.max(...all('bySize')),
    fairCompute: Math.max(...all('byCompute')),
  };
  // An ability that never varies explains nothing and refutes nothing.
  return Object.values(numbers).every(Number.isFinite) ? { models, scores, numbers } : undefined;
}

export function fairSentence({ models, numbers }: Fair): Text {
  const [loss, size, compute] = [numbers.fairLoss, numbers.fairSize, numbers.fairCompute].map((r2) =>
    r2.toFixed(3),
  );
  return text(
    ` Over ${models.length} finished models at equal compute the loss explains at least ${loss}, compute at most ${compute}, the size at most ${size}.`,
    `在 ${models.length} 个等计算量、训练到底的模型上，损失至少解释 ${loss}，计算量最多 ${compute}，规模最多 ${size}。`,
  );
}

export function fairTable({ scores }: Fair): Table {
  return {
    name: 'fair',
    title: text(
      'Finished models at equal compute: what explains the ability',
      '等计算量、训练到底的模型：什么能解释能力',
    ),
    columns: [
      { key: 'band', title: text('ranks', '名次') },
      { key: 'byLoss', title: text('R² by loss', '损失的 R²') },
      { key: 'bySize', title: text('R² by size', '规模的 R²') },
      { key: 'byCompute', title: text('R² by compute', '计算量的 R²') },
    ],
    rows: scores.map(({ band, byLoss, bySize, byCompute }) => [bandRange(band), byLoss, bySize, byCompute]),
  };
}

export function fairFigure({ models }: Fair, band: Band): Figure {
  const budgets = [...new Set(models.map(({ budget }) => budget))].sort((a, b) => a - b);
  return {
    name: 'fair',
    title: text(
      'Ability of finished models against loss, by compute',
      '训练到底的模型：能力与损失，按计算量',
    ),
    x: { label: text('loss, nats', '损失，纳特'), scale: 'linear' },
    y: { label: text('share of the facts known', '记住的事实比例'), scale: 'linear' },
    series: budgets.map((C, i) =>
      sizeSeries(
        same(`C = ${scientific(C)}`),
        [i, budgets.length],
        'points',
        models
          .filter(({ budget }) => budget === C)
          .map(({ run, loss }) => ({ x: loss, y: lastMetric(run, 'facts', band) })),
      ),
    ),
  };
}
