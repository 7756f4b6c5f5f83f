/** What is given of overtraining: what the large model spent. Asked: what the small one must. */
import { ofRole, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { same, text } from '../shared/text.ts';

export const question: Question = {
  kind: 'number',
  value: 'trainingRatio',
  unit: same('×'),
  figure: 'losses',
  x: { label: quantities.COMPUTE, scale: 'log', range: [1.8e10, 1e11] },
  y: { label: quantities.LOSS, scale: 'linear', range: [0.695, 0.725] },
  hint: text('How much more must the small model compute?', '小模型要多算多少？'),
  given: (figure) => ofRole(figure, 'control'),
  far: { factor: 4 },
};
