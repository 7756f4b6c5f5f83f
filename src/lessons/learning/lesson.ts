/** What is a loss curve? A small network fits a noisy curve, at three learning rates and in four widths. */
import type { Findings, Lesson, Results, Size } from '../lesson.ts';
import { finished } from '../shared/runs.ts';
import { OTHER_WIDTHS, RATES, RUN, sineSpec, WIDTH } from './design.ts';
import { curveFigure, rateFigure } from './figures.ts';
import { question } from './question.ts';
import { rateTable, widthTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'learning',
  question,
  plan: (size, seed) => [
    {
      key: RUN,
      spec: { ...sineSpec(WIDTH, seed), learningRates: RATES, replicas: RATES.length, seeding: 'same' },
      watch: 'all',
    },
    ...OTHER_WIDTHS[size].map((width) => ({
      key: `w${width}`,
      spec: sineSpec(width, seed),
      watch: 'all' as const,
    })),
  ],
  judge,
};

function judge(results: Results, size: Size): Findings {
  const main = finished(results, RUN);
  const runs = [...OTHER_WIDTHS[size].map((width) => `w${width}`), RUN].flatMap(
    (key) => finished(results, key) ?? [],
  );
  return {
    tables: [...(main ? [rateTable(main)] : []), widthTable(runs)],
    figures: main ? [curveFigure(main), rateFigure(main)] : [],
    fits: {},
    verdict: verdictOf(results, main),
  };
}
