/** How mirage is looked at: with so many questions in an exam. */
import { isRefusal, type MirageScore } from '../../scaling/index.ts';
import type { Figure, Findings, Text, ViewValues } from '../lesson.ts';
import { recordsOf } from '../shared/tables.ts';
import { text } from '../shared/text.ts';
import { numberOf } from '../views.ts';
import { metricsFigure } from './figures.ts';
import { QUESTIONS, type Row, scoreOf } from './measured.ts';
import { runTable } from './tables.ts';

export const MOST_QUESTIONS = 30;

/** The same models under another metric, or in exams of another length. The verdict stays with its own exams. */
export function look(findings: Findings, values: ViewValues): Findings {
  const m = numberOf(values, 'm');
  const rows = recordsOf(findings, 'runs').map((record): Row => ({
    width: record.width as number,
    N: record.N as number,
    accuracy: record.item as number,
    exam: record.exam as number,
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
  const last = rows.at(-1)?.exam ?? NaN;
  const before = rows.findLast(({ exam }) => exam < 0.01 * last);
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
