import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 240;
export const title: Text = { en: 'The loss decides', zh: '损失说了算' };
export const sketch: Sketch = [['ask', 'predict', '4 4 124 36']];
export const cost: Cost = {
  flops: { small: 7.68e10, standard: 8.03e11 },
  recorded: { gpu: 3.91, software: 119 },
};
