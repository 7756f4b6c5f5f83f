/** The inside of compute-optimal: one budget spent three ways. */
import type { Inside } from '../inside.ts';
import { type IsoflopModel, isoflopModels } from '../shared/isoflop.ts';
import { knownFacts } from '../shared/known.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { DESIGNS } from './design.ts';

export const inside: Inside = {
  pictures(results, size) {
    const models = isoflopModels(results, DESIGNS[size]);
    const spent = DESIGNS[size].budgets.flatMap(({ C }) => {
      const here = models.filter(({ budget }) => budget === C).toSorted((a, b) => a.N - b.N);
      const best = here.toSorted((a, b) => a.loss - b.loss)[0];
      return here.length > 2 && best ? [{ C, small: here[0]!, best, large: here.at(-1)! }] : [];
    });
    const panel = (name: ReturnType<typeof text>, of: (each: (typeof spent)[number]) => IsoflopModel) => ({
      name,
      scores: spent.map((each) => of(each).run.evaluations.at(-1)?.sets.facts?.[0]),
      reading: { label: text('loss', '损失'), values: spent.map((each) => of(each).loss) },
    });
    return knownFacts(
      {
        name: 'known',
        title: text('One budget, three ways', '同一份预算，三种花法'),
        look: text(
          `The same compute spent three ways, for each of ${spent.length} budgets. The small model has seen everything often and has no room; the large one has room and has seen too little.`,
          `同样的计算量，三种花法，${spent.length} 份预算各一组。小模型什么都看了很多遍，却没有地方放；大模型有地方，却看得太少。`,
        ),
        figures: ['optimum', 'published'],
        place: quantities.COMPUTE,
        at: spent.map(({ C }) => C),
      },
      [
        panel(text('small, long', '小而久'), ({ small }) => small),
        panel(text('the best', '最好'), ({ best }) => best),
        panel(text('large, short', '大而短'), ({ large }) => large),
      ],
    );
  },
};
