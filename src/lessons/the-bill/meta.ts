import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 420;
export const title: Text = { en: 'The bill', zh: '账单' };
export const sketch: Sketch = [
  ['dash', 'ink-3', 'M4 12H90'],
  ['dash', 'ink-3', 'M4 22H90'],
  ['dash', 'ink-3', 'M4 36H90'],
  ['ask', 'predict', '96 4 28 36'],
];
export const cost: Cost = {
  flops: { small: 2.22e10, standard: 1.32e11 },
  recorded: { gpu: 0.0861, software: 11.2 },
};
