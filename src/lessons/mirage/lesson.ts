/** Is the jump in the model or in the metric? The same models scored by single questions, and by exams of m. */
import {
  examOf,
  isRefusal,
  mirageScore,
  type MirageScore,
  type Refusal,
  type Sharpness,
} from '../../scaling/index.ts';
import type {
  Figure,
  Findings,
  Lesson,
  Results,
  Table,
  Text,
  Verdict,
  Views,
  ViewValues,
} from '../lesson.ts';
import { gap, known, notEnough, refusalText } from '../shared/evidence.ts';
import { factsSpec } from '../shared/facts.ts';
import * as quantities from '../shared/quantities.ts';
import { finished, lastMetric } from '../shared/runs.ts';
import { levelLine, series, sizeSeries } from '../shared/series.ts';
import { recordsOf } from '../shared/tables.ts';
import { same, text } from '../shared/text.ts';
import { numberOf } from '../views.ts';

/** The smallest is there so that single questions are seen below a tenth of their final value. */
const WIDTHS = [2, 4, 6, 8, 12, 16, 24, 32, 48];
const STEPS = 250;
/** Facts of middling fame. */
const BAND = 'ranks101to300';
/** Questions of an exam, all of which must be right: the verdict's, and the most that the slider gives. */
const QUESTIONS = 10;
const MOST_QUESTIONS = 30;
const EXAMS = [1, 2, 5, 10, 20];

/** At the last size that all but fails the exam, single questions stand at this share of their final value or more. */
const LEAST_SHARE = 0.35;
/** The items' factor in width over the exam's, at least. */
const LEAST_RATIO = 1.4;
/** Below this the largest model has not learned enough for a final value to mean something. */
const LEAST_FINAL = 0.5;

const REFUTED_BY = text(
  `Single questions below ${LEAST_SHARE * 100}% of their final value where the exam is still below 1% of its own, or a rise of theirs less than ${LEAST_RATIO} times as wide as the exam’s.`,
  `在考试成绩仍不到其终值 1% 的地方，单题正确率也不到其终值的 ${LEAST_SHARE * 100}%；或者单题上升所跨的宽度倍数不到考试的 ${LEAST_RATIO} 倍。`,
);

const keyOf = (width: number): string => `w${width}`;

export const lesson: Lesson = {
  name: 'mirage',
  title: text('Mirage', '海市蜃楼'),
  plan: (_size, seed) =>
    WIDTHS.map((width) => ({ key: keyOf(width), spec: factsSpec({ width, steps: STEPS, seed }) })),
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

interface Row {
  width: number;
  N: number;
  /** share of the facts of the band that are known */
  accuracy: number;
  loss: number;
}

function judge(results: Results): Findings {
  const rows = WIDTHS.flatMap((width): Row[] => {
    const run = finished(results, keyOf(width));
    if (!run) return [];
    const accuracy = lastMetric(run, 'facts', BAND);
    return Number.isFinite(accuracy)
      ? [{ width, N: run.parameters, accuracy, loss: lastMetric(run, 'facts', 'exactLoss') }]
      : [];
  });
  const score = scoreOf(rows, QUESTIONS);
  const floor = finished(results, keyOf(WIDTHS[0]!))?.floor;
  return {
    tables: [runTable(rows, QUESTIONS)],
    figures: [metricsFigure(rows, QUESTIONS), examsFigure(rows), lossFigure(rows, floor)],
    fits: { item: score.item, exam: score.exam },
    verdict: verdictOf(results, rows, score.item, score.exam, score.itemShareBeforeExam),
  };
}

function scoreOf(rows: readonly Row[], m: number): MirageScore {
  return mirageScore(
    rows.map(({ width, accuracy }) => ({ N: width, accuracy, items: 200 })),
    m,
  );
}

/** The same models under another metric, or in exams of another length. The verdict stays with its own exams. */
function look(findings: Findings, values: ViewValues): Findings {
  const m = numberOf(values, 'm');
  const rows = recordsOf(findings, 'runs').map((record): Row => ({
    width: record.width as number,
    N: record.N as number,
    accuracy: record.item as number,
    loss: record.loss as number,
  }));
  const score = scoreOf(rows, m);
  const metrics = metricsFigure(rows, m, String(values.metric));
  const seen = { ...metrics, marks: momentsOf(rows, score) };
  const remark = remarkOf(score, m);
  return {
    ...findings,
    tables: findings.tables.map((table) => (table.name === 'runs' ? runTable(rows, m) : table)),
    figures: findings.figures.map((figure) => (figure.name === 'metrics' ? seen : figure)),
    ...(remark && { remark }),
  };
}

function momentsOf(rows: readonly Row[], { item }: MirageScore): NonNullable<Figure['marks']> {
  const last = examOf(rows.at(-1)?.accuracy ?? NaN, QUESTIONS);
  const before = rows.findLast(({ accuracy }) => examOf(accuracy, QUESTIONS) < 0.01 * last);
  return {
    ...(before && { 'before-exam': { x: before.width } }),
    ...(!isRefusal(item) && { 'item-10': { x: item.x10 }, 'item-90': { x: item.x90 } }),
  };
}

function remarkOf({ item, exam }: MirageScore, m: number): Text | undefined {
  if (isRefusal(item) || isRefusal(exam)) return undefined;
  const [items, exams] = [item.factor.toFixed(1), exam.factor.toFixed(1)];
  return text(
    `From 10% to 90% of their final value, single questions take a factor of ${items} in width, exams of ${m} take ${exams}. The models are the same; the verdict is about exams of ${QUESTIONS}.`,
    `从终值的 10% 到 90%，单题跨越的宽度倍数是 ${items}，${m} 题考试是 ${exams}。模型是同一批；结论说的是 ${QUESTIONS} 题考试。`,
  );
}

function verdictOf(
  results: Results,
  rows: readonly Row[],
  item: Sharpness | Refusal,
  exam: Sharpness | Refusal,
  itemShare: number | undefined,
): Verdict {
  const missing = gap(results, WIDTHS.map(keyOf));
  if (missing) return notEnough(missing, REFUTED_BY);
  const final = rows.at(-1)?.accuracy ?? 0;
  if (final < LEAST_FINAL) {
    return notEnough(
      text(
        `The largest model knows only ${percent(final)} of these facts; train longer.`,
        `最大的模型也只记住了这些事实的 ${percent(final)}；请训练得更久。`,
      ),
      REFUTED_BY,
    );
  }
  if (isRefusal(item)) return notEnough(refusalText(item), REFUTED_BY, { itemShare });
  if (isRefusal(exam)) return notEnough(refusalText(exam), REFUTED_BY, { itemShare });
  const numbers = { itemShare, itemFactor: item.factor, examFactor: exam.factor, final };
  if (itemShare === undefined) {
    return notEnough(
      text(
        'Even the smallest model passes some exams, so no size fails them all.',
        '连最小的模型也能通过一些考试，没有全部失败的规模。',
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const ratio = item.factor / exam.factor;
  return {
    outcome: itemShare >= LEAST_SHARE && ratio >= LEAST_RATIO ? 'holds' : 'does-not-hold',
    numbers: known({ ...numbers, ratio }),
    sentence: text(
      `At the last size that all but fails the exam, single questions stand at ${percent(itemShare)} of their final value; from 10% to 90% they take a factor of ${item.factor.toFixed(1)} in width, the exam ${exam.factor.toFixed(1)}.`,
      `在几乎通不过考试的最大规模上，单题正确率已达其终值的 ${percent(itemShare)}；从 10% 到 90%，单题跨越的宽度倍数是 ${item.factor.toFixed(1)}，考试是 ${exam.factor.toFixed(1)}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;

function runTable(rows: readonly Row[], m: number): Table {
  return {
    name: 'runs',
    title: text('The same models under two metrics', '同一批模型，两种指标'),
    columns: [
      { key: 'width', title: text('width', '宽度') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
      { key: 'item', title: text('single questions p', '单题正确率 p') },
      {
        key: 'exam',
        title: text(`exam of ${m}, p^${m}`, `${m} 题考试，p^${m}`),
      },
    ],
    rows: rows.map(({ width, N, accuracy, loss }) => [width, N, loss, accuracy, examOf(accuracy, m)]),
  };
}

const WIDTH_AXIS = { label: quantities.WIDTH, scale: 'log' } as const;

/** @param metric `items`, `exams`, or both */
function metricsFigure(rows: readonly Row[], m: number, metric = 'both'): Figure {
  const items = rows.map(({ width, accuracy }) => ({ x: width, y: accuracy }));
  const exams = rows.map(({ width, accuracy }) => ({ x: width, y: examOf(accuracy, m) }));
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

/** Several lengths at once. */
function examsFigure(rows: readonly Row[]): Figure {
  return {
    name: 'exams',
    title: text('Exams of m questions: p^m', 'm 题考试：p^m'),
    x: WIDTH_AXIS,
    y: { label: text('share of exams passed', '通过考试的比例'), scale: 'linear' },
    series: EXAMS.map((m, i) =>
      sizeSeries(
        same(`m = ${m}`),
        [i, EXAMS.length],
        'line',
        rows.map(({ width, accuracy }) => ({ x: width, y: examOf(accuracy, m) })),
      ),
    ),
  };
}

function lossFigure(rows: readonly Row[], floor: number | undefined): Figure {
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
