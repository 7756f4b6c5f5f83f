/** What does it cost? The learner's measured FLOP/s turned into time, energy and money, for their run and for famous ones. */
import type { Findings, Lesson, Results } from '../lesson.ts';
import { FACTS_BATCH, factsPool, factsSpec } from '../shared/facts.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, KEY, lengths } from './design.ts';
import { computeFigure, moneyFigure, returnsFigure } from './figures.ts';
import { measure, PRICE, returnsOf, USUAL, WATER, WATTS } from './measured.ts';
import { checkTable, gpt4Table, referenceTable } from './published.ts';
import { question } from './question.ts';
import { ownTables } from './tables.ts';
import { verdictOf } from './verdict.ts';
import { look } from './views.ts';

export const lesson: Lesson = {
  name: 'the-bill',
  question,
  // Evaluated at its ends only: nearly all of the time is that of training.
  plan: (size, seed) => {
    const { width, steps: most } = DESIGNS[size];
    const pool = factsPool(FACTS_BATCH * most);
    return lengths(size).map(([key, steps]) => ({ key, spec: factsSpec({ width, steps, seed, pool }) }));
  },
  judge,
  views: {
    inputs: [
      {
        name: 'watts',
        label: text('power of the device', '设备功率'),
        kind: 'number',
        slider: false,
        min: 1,
        max: 5000,
        step: 1,
        usual: WATTS,
        unit: text('W', '瓦'),
      },
      {
        name: 'price',
        label: text('price of electricity', '电价'),
        kind: 'number',
        slider: false,
        min: 0,
        max: 5,
        step: 0.01,
        usual: PRICE,
        unit: text('US dollars per kWh', '美元/千瓦时'),
      },
      {
        name: 'water',
        label: text('water for electricity and cooling', '发电与冷却的用水'),
        kind: 'number',
        slider: false,
        min: 0,
        max: 50,
        step: 0.1,
        usual: WATER,
        unit: text('litres per kWh', '升/千瓦时'),
      },
    ],
    look,
  },
};

function judge(results: Results): Findings {
  const run = finished(results, KEY);
  const measured = run && measure(run.flopsPerStep * run.step, run.seconds, USUAL);
  const returns = returnsOf(results);
  return {
    tables: [...ownTables(measured), checkTable(), gpt4Table(), referenceTable()],
    figures: [computeFigure(measured), moneyFigure(measured), returnsFigure(returns)],
    fits: {},
    verdict: verdictOf(results, measured, returns),
  };
}
