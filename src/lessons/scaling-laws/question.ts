/** What is given of scaling-laws: seven models and the floor. Asked: the eighth; the law says it, too. */
import { ofRole, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

export const question: Question = {
  kind: 'level',
  value: 'measured',
  unit: text(' nats', ' 纳特'),
  figure: 'law',
  x: { label: quantities.PARAMETERS, scale: 'log', range: [1900, 85_000] },
  y: { label: quantities.LOSS, scale: 'log', range: [0.36, 1.1] },
  hint: text('What loss will the eighth reach?', '第八个会达到多少损失？'),
  given: (figure) => ofRole(figure, 'measured', 'reference'),
  from: 45_000,
  to: 85_000,
  far: { difference: 0.2 },
  replay: 'series',
  climax: async () => (await import('./climax.ts')).ruler,
};
