/**
 * Does time alone make it smarter? Other optimizers and other data at equal compute, each worth a factor in training
 * time against Adam on fresh examples; and whether that factor is one for all lengths.
 */
import type { Findings, Lesson, Results, Size } from '../lesson.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { ADAM, CHANGES, keyOf, LENGTHS, runsOf, specOf } from './design.ts';
import { curveFigure, isoLossFigure } from './figures.ts';
import { rowOf } from './measured.ts';
import { question } from './question.ts';
import { factorTable, referenceTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'efficiency-times-time',
  question,
  plan: (size, seed) =>
    runsOf(size).map(({ change, steps }) => ({
      key: keyOf(change, steps),
      spec: specOf(size, seed, change, steps),
    })),
  judge,
};

function judge(results: Results, size: Size): Findings {
  const adam = finished(results, keyOf(ADAM, LENGTHS[size][1]));
  const rows = adam ? CHANGES.flatMap((change) => rowOf(results, size, change)) : [];
  return {
    tables: [factorTable(rows, size), referenceTable(results, size)],
    figures: adam
      ? [
          isoLossFigure(results, size, rows),
          curveFigure(results, size, adam, 'optimizers', text('Optimizers', '优化器')),
          curveFigure(results, size, adam, 'data', text('Data', '数据')),
        ]
      : [],
    fits: {},
    verdict: verdictOf(results, size, rows),
  };
}
