/** The inside of overtraining: two models of an equal loss know the same, at different bills. */
import type { Inside } from '../inside.ts';
import { modelOf } from '../shared/facts-models.ts';
import { knownFacts } from '../shared/known.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { DESIGNS } from './design.ts';

export const inside: Inside = {
  pictures(results, size) {
    const { small, large } = DESIGNS[size];
    const [long] = modelOf(results, small.width, small.steps[1]);
    const [short] = modelOf(results, large.width, large.steps[1]);
    if (!long || !short) return [];
    const at = long.run.evaluations.map(({ step }) => step);
    // The other run has fewer steps: the same share of its own way.
    const shares = at.map((step) => step / long.run.step);
    const scores = ({ run }: typeof long): (Record<string, number> | undefined)[] =>
      shares.map(
        (share) => run.evaluations.findLast(({ step }) => step <= share * run.step + 0.5)?.sets.facts?.[0],
      );
    const losses = (model: typeof long): (number | null)[] =>
      scores(model).map((each) => each?.exactLoss ?? null);
    const label = text('loss', '损失');
    return knownFacts(
      {
        name: 'known',
        title: text('Two ways to one frontier', '两条路到同一条边界'),
        look: text(
          'The small model trained long and the large one trained short, each over its own way from beginning to end. The bars meet: they end by knowing the same facts. What they cost does not meet.',
          '训练得久的小模型，和训练得短的大模型，各走自己从头到尾的路。柱子走到了一起：最后知道的事实一样多。花费却不一样。',
        ),
        figures: [],
        place: quantities.STEP,
        at,
      },
      [
        {
          name: text('small, trained long', '小，训练得久'),
          scores: scores(long),
          reading: { label, values: losses(long) },
        },
        {
          name: text('large, trained short', '大，训练得短'),
          scores: scores(short),
          reading: { label, values: losses(short) },
        },
      ],
    );
  },
};
