/** What is given of learning: the error at the first steps. Asked: the rest of the curve. */
import { ending, ofRole, upTo, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

/** The first steps, before anything is learned. */
const GIVEN = 3;

export const question: Question = {
  kind: 'curve',
  value: 'trainLoss',
  figure: 'curve',
  x: { label: quantities.STEP, scale: 'log', range: [1, 2000] },
  y: { label: quantities.SQUARED_ERROR, scale: 'log', range: [0.001, 1] },
  hint: text('Draw how the error on its points falls.', '画出它在这些点上的误差怎样下降。'),
  given: (figure) => ofRole(figure, 'train').map((series) => upTo(series, GIVEN)),
  asked: (figure) => ofRole(figure, 'train')[0],
  from: GIVEN,
  to: 2000,
  said: ending,
  far: { factor: 10 },
};
