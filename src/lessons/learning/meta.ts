import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 110;
export const title: Text = { en: 'Learning', zh: '学习' };
export const sketch: Sketch = [
  ['line', 'c1', 'M4 5C6 9 9 13 13 17'],
  ['dash', 'ink-3', 'M4 41H128'],
  ['ask', 'predict', '15 4 113 35'],
];
export const cost: Cost = {
  flops: { small: 9.96e9, standard: 2.31e10 },
  recorded: { gpu: 1.87, software: 27.1 },
};
