/** The inside of efficiency-times-time: two optimizers learn the same facts in the same order, at different speeds. */
import type { Inside } from '../inside.ts';
import { knownFacts } from '../shared/known.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { ADAM, CHANGES, keyOf, LENGTHS } from './design.ts';

/** Beside Adam: the slow one and the quick one. */
const SHOWN = ['momentum-sgd', 'muon'];

export const inside: Inside = {
  pictures({ runs }, size) {
    const [, long] = LENGTHS[size];
    const adam = runs.get(keyOf(ADAM, long));
    if (!adam) return [];
    const at = adam.evaluations.map(({ step }) => step);
    const shown = [ADAM, ...CHANGES.filter(({ key }) => SHOWN.includes(key))].flatMap((change) => {
      const run = runs.get(keyOf(change, long));
      if (!run) return [];
      const scores = at.map((step) => run.evaluations.find((each) => each.step === step)?.sets.facts?.[0]);
      return [{ name: change.name, scores, ...(change === ADAM && { isControl: true }) }];
    });
    return knownFacts(
      {
        name: 'known',
        title: text('The frontier moves', '边界在移动'),
        look: text(
          'Each bar is a group of facts, the popular ones first. Every optimizer fills them in the same order: what differs is how fast.',
          '每根柱是一组事实，常见的在前。每种优化器都按同样的顺序填满它们：不同的只是快慢。',
        ),
        figures: ['optimizers', 'data'],
        place: quantities.STEP,
        at,
      },
      shown,
    );
  },
};
