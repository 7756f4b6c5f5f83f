import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 340;
export const title: Text = { en: 'Efficiency times time', zh: '效率乘以时间' };
export const sketch: Sketch = [
  ['ask', 'predict', '14 4 114 36'],
  ['line', 'c2', 'M4 6C14 34 26 37 128 39'],
];
export const cost: Cost = {
  flops: { small: 1.07e11, standard: 4.76e11 },
  recorded: { gpu: 4.24, software: 110 },
};
