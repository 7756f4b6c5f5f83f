/** What is given of emergence-in-time: when the examples are known by heart. Asked: when the rest is. */
import { ofRole, reaches, upTo, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

/** By this step it knows its examples. */
const GIVEN = 100;
/** Of what counts as learned, as in measured.ts. */
const PASSED = 0.95;

export const question: Question = {
  kind: 'curve',
  value: 'testStep',
  unit: text(' steps', ' 步'),
  figure: 'grokking',
  x: { label: quantities.STEP, scale: 'log', range: [10, 1000] },
  y: { label: quantities.SHARE_RIGHT, scale: 'linear', range: [0, 1] },
  hint: text(
    'Draw here: when will it answer the pairs that it never saw?',
    '画在这里：没见过的数对，它什么时候能答出来？',
  ),
  given: (figure) => [
    ...ofRole(figure, 'train'),
    ...ofRole(figure, 'validation').map((series) => upTo(series, GIVEN)),
  ],
  asked: (figure) => ofRole(figure, 'validation')[0],
  from: GIVEN,
  to: 1000,
  said: (points) => reaches(points, PASSED),
  never: {
    label: text('It will never learn them', '它永远学不会'),
    points: [
      [GIVEN, 0.01],
      [1000, 0.01],
    ],
  },
  far: { factor: 10 },
};
