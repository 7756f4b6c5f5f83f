/** What is given of loss-decides: sizes and a scale of ability. Asked: how well one tells the other. */
import { NOTHING_GIVEN, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

export const question: Question = {
  kind: 'number',
  value: 'r2Size',
  figure: 'by-size',
  x: { label: quantities.PARAMETERS, scale: 'log', range: [2000, 80_000] },
  y: { label: text('share of the facts known', '记住的事实比例'), scale: 'linear', range: [0, 1] },
  hint: text('How much does the size explain?', '规模能解释多少？'),
  given: NOTHING_GIVEN,
  far: { difference: 0.7 },
};
