/** The inside of loss-decides: at an equal loss, models of every size know the same facts. */
import type { Inside } from '../inside.ts';
import { knownFacts } from '../shared/known.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, keyOf } from './design.ts';

export const inside: Inside = {
  pictures({ runs }, size) {
    const models = DESIGNS[size].widths.flatMap((width) => runs.get(keyOf(width)) ?? []);
    const [smallest, largest] = [models[0], models.at(-1)];
    if (!smallest || !largest || smallest === largest) return [];
    const own = smallest.evaluations.filter(({ sets }) => Number.isFinite(sets.facts?.[0]?.exactLoss));
    const stops = own.map(({ sets }) => sets.facts![0]!);
    const others = largest.evaluations.flatMap(({ sets: { facts } }) => facts?.slice(0, 1) ?? []);
    const nearest = (loss: number): Record<string, number> | undefined =>
      others.toSorted((a, b) => Math.abs(a.exactLoss! - loss) - Math.abs(b.exactLoss! - loss))[0];
    const pairs = stops.map((stop) => nearest(stop.exactLoss!));
    return knownFacts(
      {
        name: 'known',
        title: text('At an equal loss', '损失相等时'),
        look: text(
          'The smallest and the largest model where their losses are nearest to each other: bar by bar they know about the same. What is known follows the loss, not the size.',
          '最小的和最大的模型，取两者损失最接近的时刻：一根一根柱看，知道的差不多。知道什么由损失决定，不由规模决定。',
        ),
        figures: [],
        place: quantities.STEP,
        at: own.map(({ step }) => step),
      },
      [
        {
          name: text('smallest', '最小'),
          scores: stops,
          reading: { label: text('loss', '损失'), values: stops.map(({ exactLoss }) => exactLoss ?? null) },
        },
        {
          name: text('largest', '最大'),
          scores: pairs,
          reading: {
            label: text('loss', '损失'),
            values: pairs.map((pair) => pair?.exactLoss ?? null),
          },
        },
      ],
    );
  },
};
