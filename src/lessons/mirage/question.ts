/** What is given of mirage: the exam's scores. Asked: those of single questions. */
import type { Series } from '../lesson.ts';
import { ending, heightAt, ofRole, type Points, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

/** Of its final value: the exam is all but failed below it. */
const FAILED = 0.01;

export const question: Question = {
  kind: 'curve',
  value: 'itemShare',
  figure: 'metrics',
  x: { label: quantities.WIDTH, scale: 'log', range: [2, 48] },
  y: { label: quantities.SHARE_RIGHT, scale: 'linear', range: [0, 1] },
  hint: text('Draw how many single questions the same models get right.', '画出同样这些模型单题能答对多少。'),
  given: (figure) => ofRole(figure, 'held-out'),
  asked: (figure) => ofRole(figure, 'measured')[0],
  said: shareBeforeExam,
  far: { difference: 0.5 },
};

/** What the drawn curve says of the last size that all but fails the exam, as a share of the largest size. */
function shareBeforeExam(points: Points, [exam]: readonly Series[]): number | undefined {
  const final = exam?.y.at(-1);
  const largest = ending(points);
  if (!exam || !final || !largest) return undefined;
  const failing = exam.x.filter((_, i) => (exam.y[i] ?? 0) < FAILED * final).at(-1);
  const there = failing === undefined ? undefined : heightAt(points, failing);
  return there === undefined ? undefined : there / largest;
}
