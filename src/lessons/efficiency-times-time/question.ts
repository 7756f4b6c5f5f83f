/** What is given of efficiency-times-time: Adam's curve. Asked: that of SGD with momentum. */
import type { Series } from '../lesson.ts';
import { ofRole, type Points, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { same, text } from '../shared/text.ts';

export const question: Question = {
  kind: 'curve',
  value: 'momentumSgdFactor',
  unit: same('×'),
  figure: 'optimizers',
  x: { label: quantities.STEP, scale: 'log', range: [50, 1000] },
  y: { label: quantities.LOSS, scale: 'log', range: [0.68, 1.8] },
  hint: text('Draw the loss of the older rule, SGD with momentum.', '画出较老的规则“带动量的 SGD”的损失。'),
  given: (figure) => ofRole(figure, 'reference'),
  asked: ({ series }) => series.find(({ rank }) => rank?.[0] === 0),
  said: factor,
  far: { factor: 4 },
};

/** When Adam had the loss at which the drawn curve ends, as a share of the drawn steps. */
function factor(points: Points, [adam]: readonly Series[]): number | undefined {
  const last = points.at(-1);
  if (!adam || !last) return undefined;
  const reached = adam.x.find((_, i) => (adam.y[i] ?? Infinity) <= last[1]);
  return reached === undefined ? undefined : reached / last[0];
}
