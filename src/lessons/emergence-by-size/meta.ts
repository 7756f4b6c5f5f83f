import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 210;
export const title: Text = { en: 'Emergence by size', zh: '随规模涌现' };
export const sketch: Sketch = [['ask', 'predict', '4 4 124 36']];
export const cost: Cost = {
  flops: { small: 1.38e11, standard: 7.8e11 },
  recorded: { gpu: 4.91, software: 338 },
};
