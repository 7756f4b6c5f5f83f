/** What is given of emergence-by-size: the sizes. Asked: how many sums each gets right. */
import { NOTHING_GIVEN, ofRole, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

export const question: Question = {
  kind: 'curve',
  value: 'thresholdWidth',
  figure: 'ability',
  x: { label: quantities.PARAMETERS, scale: 'log', range: [180, 17_000] },
  y: { label: quantities.SHARE_RIGHT, scale: 'linear', range: [0, 1] },
  hint: text(
    'Draw, from the smallest to the largest: what share of sums will be right?',
    '从最小画到最大：有多大比例的算式会答对？',
  ),
  given: NOTHING_GIVEN,
  asked: (figure) => ofRole(figure, 'measured')[0],
  far: { difference: 1 },
};
