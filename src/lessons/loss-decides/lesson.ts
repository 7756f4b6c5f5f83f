/** Is it size, or pre-training loss? Checkpoints of several sizes: ability against loss, against N, against compute. */
import { collapseScore } from '../../scaling/index.ts';
import type { SpecInput } from '../../worker/protocol.ts';
import type { Findings, Lesson, Results, Size } from '../lesson.ts';
import { FACTS_BATCH, factsPool, factsSpec } from '../shared/facts.ts';
import { isoflopExamples, isoflopPlan } from '../shared/isoflop.ts';
import { text } from '../shared/text.ts';
import { BANDS } from './bands.ts';
import { DESIGNS, keyOf, LEARNING_RATES, OTHER_DATA, SPACING } from './design.ts';
import { fairFigure, fairTable, fairTest } from './fair.ts';
import {
  againstFigure,
  bandsFigure,
  COMPUTE_AXIS,
  LOSS_AXIS,
  otherDataFigure,
  SIZE_AXIS,
} from './figures.ts';
import { checkpoints, otherDataGap, stopsOf, thresholdOf } from './measured.ts';
import { question } from './question.ts';
import { scoreTable, stopTable } from './tables.ts';
import { verdictOf, withFair, withOtherData } from './verdict.ts';
import { AXES, look } from './views.ts';

export const lesson: Lesson = {
  name: 'loss-decides',
  question,
  plan: (size, seed) => {
    const { widths, steps, fair } = DESIGNS[size];
    const pool = factsPool(Math.max(FACTS_BATCH * steps, isoflopExamples(fair)));
    const checkpointed = (width: number): SpecInput =>
      factsSpec({
        width,
        steps,
        seed,
        learningRate: LEARNING_RATES[width]!,
        widthRule: false,
        schedule: 'constant',
        evaluate: { spacing: 'log-step', every: SPACING },
        pool,
      });
    const { task, ...other } = checkpointed(OTHER_DATA.width);
    return [
      ...widths.map((width) => ({ key: keyOf(width), spec: checkpointed(width) })),
      {
        key: OTHER_DATA.key,
        spec: { ...other, task: { ...(task as object), sampling: OTHER_DATA.sampling } },
      },
      ...isoflopPlan(fair, seed, { pool }),
    ];
  },
  judge,
  views: {
    inputs: [
      {
        name: 'axis',
        label: text('ability against', '横轴'),
        kind: 'choice',
        usual: 'size',
        options: AXES.map(({ value, label }) => ({ value, label })),
      },
    ],
    look,
    marks: {
      threshold: { axis: 'loss' },
      'equal-loss': { axis: 'loss' },
      'equal-size': { axis: 'size' },
    },
  },
};

function judge(results: Results, size: Size): Findings {
  const { widths, bands } = DESIGNS[size];
  const fair = fairTest(results, size);
  const stops = widths.flatMap((width) => stopsOf(results, keyOf(width)));
  const [usual, other] = [keyOf(OTHER_DATA.width), OTHER_DATA.key].map((key) => stopsOf(results, key));
  const scores = bands.map((band) => ({ band, score: collapseScore(checkpoints(stops, band)) }));
  const thresholds = BANDS.map((band) => thresholdOf(stops, band));
  const [band] = bands;
  return {
    tables: [scoreTable(scores, thresholds), ...(fair ? [fairTable(fair)] : []), stopTable(stops)],
    figures: [
      againstFigure(
        'by-loss',
        text('Ability against loss', '能力与损失'),
        LOSS_AXIS,
        stops,
        band!,
        ({ loss }) => loss,
      ),
      againstFigure(
        'by-size',
        text('Ability against size', '能力与规模'),
        SIZE_AXIS,
        stops,
        band!,
        ({ N }) => N,
      ),
      againstFigure(
        'by-compute',
        text('Ability against compute', '能力与计算量'),
        COMPUTE_AXIS,
        stops,
        band!,
        ({ C }) => C,
      ),
      bandsFigure(stops),
      ...(fair ? [fairFigure(fair, band!)] : []),
      otherDataFigure(usual!, other!),
    ],
    fits: Object.fromEntries(scores.map(({ band, score }) => [band, score])),
    verdict: withOtherData(
      results,
      withFair(results, size, verdictOf(results, widths, scores, thresholds[0]), fair),
      otherDataGap(usual!, other!),
    ),
  };
}
