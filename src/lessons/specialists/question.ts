/** What is given of specialists: the generalist, and the small model before. Asked: how it learns the field. */
import type { Series } from '../lesson.ts';
import { ending, ofRole, upTo, type Question } from '../question.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

export const question: Question = {
  kind: 'curve',
  value: 'gain',
  unit: text(' against the big one', '（与大模型相比）'),
  figure: 'domain',
  x: { label: text('steps of fine-tuning', '微调的步数'), scale: 'linear', range: [0, 200] },
  y: { label: quantities.SHARE_RIGHT, scale: 'linear', range: [0.6, 1] },
  hint: text('Draw how right the small model becomes in field 1.', '画出小模型在领域 1 里会变得多准。'),
  given: (figure) => [
    ...ofRole(figure, 'reference'),
    ...figure.series.filter(isFineTuned).map((series) => upTo(series, 0)),
  ],
  asked: ({ series }) => series.find(isFineTuned),
  said: (points, [big]) => {
    const [end, level] = [ending(points), big?.y[0]];
    return end === undefined || typeof level !== 'number' ? undefined : end - level;
  },
  far: { difference: 0.1 },
  climax: async () => (await import('./climax.ts')).reportCards,
};

/** The small model that studies the field alone. */
function isFineTuned({ rank }: Series): boolean {
  return rank?.[0] === 0;
}
