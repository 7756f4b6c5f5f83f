import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 430;
export const title: Text = { en: 'Specialists', zh: '专才' };
export const sketch: Sketch = [
  ['bars', 'c1', '34 12'],
  ['ask', 'predict', '78 4 30 38'],
];
export const cost: Cost = {
  flops: { small: 2.03e11, standard: 1.2e12 },
  recorded: { gpu: 1.9, software: 119 },
};
