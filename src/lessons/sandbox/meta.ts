import type { Text } from '../lesson.ts';
import type { Sketch } from '../meta.ts';

export const place = 1000;
export const title: Text = { en: 'Sandbox', zh: '沙盒' };
export const sketch: Sketch = [
  ['dash', 'predict', 'M4 38C36 38 60 10 128 8'],
  ['dots', 'predict', '30 36 66 21 102 10'],
];
