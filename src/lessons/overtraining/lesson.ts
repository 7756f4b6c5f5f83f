/** Why train a small model too long? Two sizes brought to an equal loss: what each cost to train, and costs per query. */
import { isRefusal } from '../../scaling/index.ts';
import type { Findings, Lesson, Results, Size } from '../lesson.ts';
import { FACTS_BATCH, factsPool } from '../shared/facts.ts';
import { type Model, modelItem, modelOf } from '../shared/facts-models.ts';
import { DESIGNS, keysOf, type Pair } from './design.ts';
import { lifetimeFigure, lossFigure } from './figures.ts';
import { compare } from './measured.ts';
import { overheadFigure, overheadTable, publishedTable } from './published.ts';
import { question } from './question.ts';
import { pairTable, runTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'overtraining',
  question,
  plan: (size, seed) => {
    const { small, large } = DESIGNS[size];
    const pool = factsPool(FACTS_BATCH * small.steps[1]);
    return [large, small].flatMap(({ width, steps }) =>
      steps.map((steps) => modelItem(width, steps, seed, pool)),
    );
  },
  judge,
};

function judge(results: Results, size: Size): Findings {
  const { small, large } = DESIGNS[size];
  const modelsOf = ({ width, steps }: Pair): Model[] =>
    steps.flatMap((steps) => modelOf(results, width, steps));
  const [smallRows, largeRows] = [modelsOf(small), modelsOf(large)];
  const pair = compare(smallRows, largeRows);
  return {
    tables: [
      runTable([...largeRows, ...smallRows]),
      ...(pair && !isRefusal(pair) ? [pairTable(pair)] : []),
      overheadTable(),
      publishedTable(),
    ],
    figures: [lossFigure(smallRows, largeRows, pair), lifetimeFigure(pair), overheadFigure()],
    fits: pair ? { pair } : {},
    verdict: verdictOf(results, [...keysOf(large), ...keysOf(small)], pair),
  };
}
