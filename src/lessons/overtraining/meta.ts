import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 330;
export const title: Text = { en: 'Overtraining', zh: '过度训练' };
export const sketch: Sketch = [
  ['line', 's6', 'M4 4C10 32 22 34 52 34'],
  ['dash', 'ink-3', 'M4 34H128'],
  ['ask', 'predict', '56 4 72 27'],
];
export const cost: Cost = {
  flops: { small: 2.25e10, standard: 1.15e11 },
  recorded: { gpu: 0.556, software: 124 },
};
