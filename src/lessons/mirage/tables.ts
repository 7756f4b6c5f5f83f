/** Tables of mirage: its models under two metrics, and the sums. */
import { examOf } from '../../scaling/index.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';
import { DIGITS } from './design.ts';
import { QUESTIONS, type Row, type Sum } from './measured.ts';

export function runTable(rows: readonly Row[], m: number): Table {
  return {
    name: 'runs',
    title: text('The same models under two metrics', '同一批模型，两种指标'),
    columns: [
      { key: 'width', title: text('width', '宽度') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
      { key: 'item', title: text('single questions p', '单题正确率 p') },
      { key: 'expected', title: text(`p^${m}`, `p^${m}`) },
      {
        key: 'exam',
        title: text(`drawn papers of ${QUESTIONS} passed`, `通过抽出的 ${QUESTIONS} 题试卷的比例`),
      },
    ],
    rows: rows.map(({ width, N, accuracy, exam, loss }) => [
      width,
      N,
      loss,
      accuracy,
      examOf(accuracy, m),
      exam,
    ]),
  };
}

export function sumTable(sums: readonly Sum[]): Table {
  return {
    name: 'sums',
    title: text('Addition while it is learned', '学习加法的过程'),
    columns: [
      { key: 'step', title: text('step', '步') },
      { key: 'digits', title: text('single digits p', '单个数位 p') },
      { key: 'expected', title: text(`p^${DIGITS}`, `p^${DIGITS}`) },
      { key: 'exact', title: text('whole sums right', '整个答案全对') },
      { key: 'loss', title: text('loss, nats', '损失，纳特') },
    ],
    rows: sums.map(({ step, digits, expected, exact, loss }) => [step, digits, expected, exact, loss]),
  };
}
