/** Is the jump in the model or in the metric? The same models scored by single questions, and by exams of m. */
import type { Findings, Lesson, Results, Views } from '../lesson.ts';
import { finished, lastMetric } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { ADDITION, additionSpec, examinedSpec, keyOf, WIDTHS } from './design.ts';
import { additionFigure, additionLossFigure, examsFigure, lossFigure, metricsFigure } from './figures.ts';
import { BAND, EXAM, QUESTIONS, type Row, scoreOf, sumsOf } from './measured.ts';
import { question } from './question.ts';
import { runTable, sumTable } from './tables.ts';
import { verdictOf } from './verdict.ts';
import { look, MOST_QUESTIONS } from './views.ts';

export const lesson: Lesson = {
  name: 'mirage',
  question,
  plan: (_size, seed) => [
    ...WIDTHS.map((width) => ({
      key: keyOf(width),
      spec: examinedSpec(width, seed),
      watch: 'all' as const,
    })),
    { key: ADDITION, spec: additionSpec(seed) },
  ],
  judge,
  views: {
    inputs: [
      {
        name: 'metric',
        label: text('metric', '指标'),
        kind: 'choice',
        usual: 'both',
        options: [
          { value: 'items', label: text('single questions', '单题') },
          { value: 'exams', label: text('exams', '考试') },
          { value: 'both', label: text('both', '两者') },
        ],
      },
      {
        name: 'm',
        label: text('questions of an exam, m', '一次考试的题数 m'),
        kind: 'number',
        slider: true,
        min: 1,
        max: MOST_QUESTIONS,
        step: 1,
        usual: QUESTIONS,
      },
    ],
    look,
    marks: {
      'before-exam': { metric: 'both' },
      'item-10': { metric: 'both' },
      'item-90': { metric: 'both' },
    },
  } satisfies Views,
};

function judge(results: Results): Findings {
  const rows = WIDTHS.flatMap((width): Row[] => {
    const run = finished(results, keyOf(width));
    if (!run) return [];
    const [accuracy, exam, loss] = [BAND, EXAM, 'exactLoss'].map((metric) =>
      lastMetric(run, 'facts', metric),
    );
    return [accuracy, exam].every(Number.isFinite)
      ? [{ width, N: run.parameters, accuracy: accuracy!, exam: exam!, loss: loss! }]
      : [];
  });
  const score = scoreOf(rows, QUESTIONS);
  const floor = finished(results, keyOf(WIDTHS[0]!))?.floor;
  const adding = finished(results, ADDITION);
  const sums = adding ? sumsOf(adding) : [];
  return {
    tables: [runTable(rows, QUESTIONS), ...(adding ? [sumTable(sums)] : [])],
    figures: [
      metricsFigure(rows, QUESTIONS),
      examsFigure(rows),
      lossFigure(rows, floor),
      ...(adding ? [additionFigure(sums), additionLossFigure(sums)] : []),
    ],
    fits: { item: score.item, exam: score.exam },
    verdict: verdictOf(results, rows, score, sums),
  };
}
