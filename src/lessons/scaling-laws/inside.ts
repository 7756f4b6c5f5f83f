/** The inside of scaling-laws: why the loss is a power law. */
import type { Inside } from '../inside.ts';
import { type Model, modelOf } from '../shared/facts-models.ts';
import { knownFacts } from '../shared/known.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, FITTED, HELD_OUT } from './design.ts';

export const inside: Inside = {
  pictures(results, size) {
    const { steps } = DESIGNS[size];
    const models = [...FITTED, HELD_OUT].flatMap((width): Model[] => modelOf(results, width, steps));
    return knownFacts(
      {
        name: 'known',
        title: text('What each size knows', '每种规模知道什么'),
        look: text(
          'Each bar is a group of facts, the popular ones first: the share that the model knows. Larger models know further down the ranks. Rarer facts cost more parameters each: that is the power law.',
          '每根柱是一组事实，常见的在前：高度是模型知道的份额。模型越大，知道的名次越靠后。越罕见的事实越费参数：这就是幂律。',
        ),
        figures: ['law'],
        place: quantities.PARAMETERS,
        at: models.map(({ N }) => N),
      },
      [
        {
          name: text('share known, by rank of the fact', '按名次，知道的份额'),
          scores: models.map(({ run }) => run.evaluations.at(-1)?.sets.facts?.[0]),
          reading: { label: text('loss', '损失'), values: models.map(({ loss }) => loss) },
        },
      ],
    );
  },
};
