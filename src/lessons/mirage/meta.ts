import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 230;
export const title: Text = { en: 'Mirage', zh: '海市蜃楼' };
export const sketch: Sketch = [
  ['ask', 'predict', '4 4 124 30'],
  ['line', 'c1', 'M4 40H84C104 40 112 26 128 10'],
];
export const cost: Cost = {
  flops: { small: 4.12e10, standard: 4.12e10 },
  recorded: { gpu: 1.69, software: 23 },
};
