/** What is given of kernels: the naive kernel's speed. Asked: how many times as fast the tiled one is. */
import { ofRole, type Question } from '../question.ts';
import { same, text } from '../shared/text.ts';

export const question: Question = {
  kind: 'number',
  value: 'speedup',
  unit: same('×'),
  figure: 'speed',
  x: { label: text('rows n', '行数 n'), scale: 'log', range: [32, 2048] },
  y: { label: same('GFLOP/s'), scale: 'log', range: [1, 100_000] },
  hint: text('Where will the second program run?', '第二个程序会有多快？'),
  given: (figure) => ofRole(figure, 'control'),
  far: { factor: 10 },
};
