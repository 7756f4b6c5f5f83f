/** What is given of the-bill: times that people know. Asked: how long GPT-4 would take here. */
import type { Series } from '../lesson.ts';
import { type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { levelLine } from '../shared/series.ts';
import { text } from '../shared/text.ts';

/** Years, and what lasted as long. */
const YARDSTICKS: Series[] = (
  [
    [text('a life', '人的一生'), 80],
    [text('since the first writing', '文字出现至今'), 5_300],
    [text('since the last dinosaurs', '恐龙灭绝至今'), 6.6e7],
    [text('age of the Earth', '地球的年龄'), 4.54e9],
  ] as const
).map(([name, years]) => levelLine(name, years, [1e10, 1e26]));

export const question: Question = {
  kind: 'level',
  value: 'yearsForGpt4',
  unit: text(' years', ' 年'),
  figure: 'years',
  x: { label: quantities.COMPUTE, scale: 'log', range: [1e10, 1e26] },
  y: { label: text('years', '年'), scale: 'log', range: [1e-6, 1e12] },
  hint: text('How many years for all of GPT-4?', '把 GPT-4 全部算完要多少年？'),
  given: () => YARDSTICKS,
  far: { factor: 1e6 },
};
