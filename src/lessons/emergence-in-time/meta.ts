import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 220;
export const title: Text = { en: 'Emergence in time', zh: '随时间涌现' };
export const sketch: Sketch = [
  ['dash', 'c2', 'M4 40C16 40 14 6 30 6H128'],
  ['line', 'c1', 'M4 40H44'],
  ['ask', 'predict', '46 9 82 31'],
];
export const cost: Cost = {
  flops: { small: 1.16e11, standard: 4.05e11 },
  recorded: { gpu: 1.36, software: 452 },
};
