/** Do abilities appear past a size? Transformers of several widths learn to add, each from several seeds. */
import { successBySize } from '../../scaling/index.ts';
import type { Findings, Lesson, Results, Size } from '../lesson.ts';
import { finished } from '../shared/runs.ts';
import { additionSpec, DESIGNS, keyOf } from './design.ts';
import { abilityFigure, metricFigure, timeFigure } from './figures.ts';
import { groupOf } from './measured.ts';
import { question } from './question.ts';
import { successTable } from './tables.ts';
import { PRESENT, verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'emergence-by-size',
  question,
  hasLives: true,
  plan: (size, seed) =>
    DESIGNS[size].widths.map((width) => ({
      key: keyOf(width),
      spec: additionSpec(width, DESIGNS[size], seed),
      watch: 'all' as const,
    })),
  judge,
};

function judge(results: Results, size: Size): Findings {
  const keys = DESIGNS[size].widths.map(keyOf);
  const groups = keys
    .flatMap((key) => groupOf(finished(results, key)) ?? [])
    .sort((a, b) => a.run.parameters - b.run.parameters);
  const rows = successBySize(
    groups.flatMap(({ width, exact }) => exact.map((ability) => ({ x: width, ability }))),
    PRESENT,
  );
  return {
    tables: [successTable(groups, rows)],
    figures: groups.length > 0 ? [abilityFigure(groups), metricFigure(groups), timeFigure(groups)] : [],
    fits: {},
    verdict: verdictOf(results, keys, groups, rows),
  };
}
