/** Figures of mirage: two metrics of the same models, exams of several lengths, and the loss. */
import { examOf } from '../../scaling/index.ts';
import type { Figure } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { levelLine, series, sizeSeries } from '../shared/series.ts';
import { same, text } from '../shared/text.ts';
import { DIGITS } from './design.ts';
import { farthest, QUESTIONS, type Row, type Sum } from './measured.ts';

const EXAMS = [1, 2, 5, 10, 20];

const WIDTH_AXIS = { label: quantities.WIDTH, scale: 'log' } as const;

/** @param metric `items`, `exams`, or both */
export function metricsFigure(rows: readonly Row[], m: number, metric = 'both'): Figure {
  const items = rows.map(({ width, accuracy }) => ({ x: width, y: accuracy }));
  const exams = rows.map((row) => ({ x: row.width, y: examShare(row, m) }));
  return {
    name: 'metrics',
    title: text('One ability, two metrics', '同一种能力，两种指标'),
    x: WIDTH_AXIS,
    y: { label: quantities.SHARE_RIGHT, scale: 'linear' },
    series: [
      ...(metric === 'exams' ? [] : [series(text('single questions', '单题'), 'measured', 'line', items)]),
      ...(metric === 'items'
        ? []
        : [series(text(`exams of ${m}, all right`, `${m} 题全对`), 'held-out', 'line', exams)]),
    ],
  };
}

/** Of the papers that were drawn where m is their length, p^m elsewhere. */
function examShare({ accuracy, exam }: Row, m: number): number {
  return m === QUESTIONS ? exam : examOf(accuracy, m);
}

/** Several lengths at once: what independent questions would give, and the papers that were drawn. */
export function examsFigure(rows: readonly Row[]): Figure {
  return {
    name: 'exams',
    title: text('Exams of m questions: pᵐ, and drawn papers', 'm 题考试：pᵐ 与抽出的试卷'),
    x: WIDTH_AXIS,
    y: { label: text('share of exams passed', '通过考试的比例'), scale: 'linear' },
    series: [
      ...EXAMS.map((m, i) =>
        sizeSeries(
          same(`m = ${m}`),
          [i, EXAMS.length],
          'line',
          rows.map(({ width, accuracy }) => ({ x: width, y: examOf(accuracy, m) })),
        ),
      ),
      series(
        text(`drawn papers of ${QUESTIONS}`, `抽出的 ${QUESTIONS} 题试卷`),
        'held-out',
        'points',
        rows.map(({ width, exam }) => ({ x: width, y: exam })),
      ),
    ],
  };
}

/** Sums while they are learned: their digits hang together, so the power of the mean promises too much. */
export function additionFigure(sums: readonly Sum[]): Figure {
  const of = (read: (sum: Sum) => number): { x: number; y: number }[] =>
    sums.map((sum) => ({ x: sum.step, y: read(sum) }));
  const worst = farthest(sums);
  return {
    name: 'addition',
    title: text('The counterexample: sums while they are learned', '反例：学习加法的过程'),
    x: { label: quantities.STEP, scale: 'linear' },
    y: { label: quantities.SHARE_RIGHT, scale: 'linear' },
    series: [
      series(
        text('single digits p', '单个数位 p'),
        'measured',
        'line',
        of(({ digits }) => digits),
      ),
      series(
        text(`what p^${DIGITS} promises`, `p^${DIGITS} 推算的值`),
        'control',
        'line',
        of(({ expected }) => expected),
      ),
      series(
        text('whole sums right', '整个答案全对'),
        'held-out',
        'line',
        of(({ exact }) => exact),
      ),
    ],
    marks: { sums: { series: 2, ...(worst && { x: worst.step }) } },
  };
}

export function additionLossFigure(sums: readonly Sum[]): Figure {
  return {
    name: 'addition-loss',
    title: text('The loss of the sums', '加法的损失'),
    x: { label: quantities.STEP, scale: 'linear' },
    y: { label: quantities.LOSS, scale: 'linear' },
    series: [
      series(
        text('loss', '损失'),
        'measured',
        'line',
        sums.map(({ step, loss }) => ({ x: step, y: loss })),
      ),
    ],
  };
}

export function lossFigure(rows: readonly Row[], floor: number | undefined): Figure {
  const losses = series(
    text('loss', '损失'),
    'measured',
    'line',
    rows.map(({ width, loss }) => ({ x: width, y: loss })),
  );
  const ends = [rows[0]?.width ?? 1, rows.at(-1)?.width ?? 1] as const;
  return {
    name: 'loss',
    title: text('The loss of the same models', '同一批模型的损失'),
    x: WIDTH_AXIS,
    y: { label: quantities.LOSS, scale: 'linear' },
    series:
      floor === undefined
        ? [losses]
        : [losses, levelLine(text('irreducible loss', '不可约损失'), floor, ends)],
  };
}
