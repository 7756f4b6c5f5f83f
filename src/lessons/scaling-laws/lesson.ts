/**
 * How does the loss fall with N, D and C? A power law is fitted to small models, and predicts a larger one before it
 * is trained.
 */
import { fitPowerLaw, fitPowerLawLoosely, isRefusal, scoreHeldOut } from '../../scaling/index.ts';
import type { Findings, Lesson, PlannedItem, Results, Size } from '../lesson.ts';
import { FACTS_BATCH, factsPool } from '../shared/facts.ts';
import { keyOf, type Model, modelItem, modelOf } from '../shared/facts-models.ts';
import { powerSummary } from '../shared/fits.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, FITTED, HELD_OUT, LEAST_HALF_WIDTH, LONGER_WIDTH } from './design.ts';
import { curvesFigure, frontierFigure, lawFigure } from './figures.ts';
import { jointFits } from './joint.ts';
import { question } from './question.ts';
import { kaplanTable, runTable, scoreTable } from './tables.ts';
import { verdictOf, withGrid } from './verdict.ts';

export const lesson: Lesson = {
  name: 'scaling-laws',
  question,
  rival: { value: 'predicted', name: text('The law', '幂律') },
  plan: (size, seed) => {
    const { steps, further, longer } = DESIGNS[size];
    const pool = factsPool(FACTS_BATCH * longer);
    const item = (width: number, steps: number): PlannedItem => modelItem(width, steps, seed, pool);
    return [
      ...FITTED.map((width) => item(width, steps)),
      ...further.flatMap((steps) => FITTED.map((width) => item(width, steps))),
      item(LONGER_WIDTH, longer),
      item(HELD_OUT, steps),
    ];
  },
  judge,
  commitment: {
    before: (size) => keyOf(HELD_OUT, DESIGNS[size].steps),
    first: text('Train the others here first', '先在这里训练其余的'),
    prompt: text(
      'The seven are trained. What loss will the eighth model reach? It is trained when you have set your line; the law draws its own then.',
      '七个模型已经训练好。第八个会达到多少损失？放好你的横线，它才开始训练；幂律也到那时才画出自己的答案。',
    ),
  },
};

function judge(results: Results, size: Size): Findings {
  const { steps, further, longer: longest } = DESIGNS[size];
  const modelsOf = (steps: number): Model[] => FITTED.flatMap((width) => modelOf(results, width, steps));
  const fitted = modelsOf(steps);
  const [held] = modelOf(results, HELD_OUT, steps);
  const [longer] = modelOf(results, LONGER_WIDTH, longest);
  const grid = [...fitted, ...further.flatMap(modelsOf)];
  const floor = fitted[0]?.run.floor;
  const points = fitted.map(({ N, loss }) => ({ x: N, y: loss }));
  const options = floor === undefined ? {} : { floorAtLeast: floor };
  const fit = fitPowerLawLoosely(points, options);
  const score =
    held && !isRefusal(fit)
      ? scoreHeldOut(fit, [{ x: held.N, y: held.loss }], {
          leastHalfWidth: LEAST_HALF_WIDTH,
          ...(floor !== undefined && { knownFloor: floor }),
        })[0]
      : undefined;
  const all = [...grid, ...(longer ? [longer] : []), ...(held ? [held] : [])];
  const joint = jointFits(grid, longer, held, floor);
  const strict = fitPowerLaw(points, options);
  return {
    tables: [runTable(all), ...(score ? [scoreTable(score)] : []), ...joint.tables, kaplanTable()],
    figures: [
      lawFigure(fitted, held, fit, score, floor),
      curvesFigure(held ? [...fitted, held] : fitted, floor),
      frontierFigure(grid, held),
    ],
    // E and α only where the points pin them down; the curve between and just beyond the points either way.
    fits: { power: powerSummary(strict), ...joint.fits },
    verdict: withGrid(results, size, verdictOf(results, steps, fitted, fit, strict, score), joint),
  };
}
