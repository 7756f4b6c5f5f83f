/**
 * Do abilities appear suddenly in training? Grokking with its two controls, and a transformer that learns to copy
 * beside one that has a layer too few.
 */
import type { Findings, Lesson, Results } from '../lesson.ts';
import { gap, notEnough } from '../shared/evidence.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, grokkingSpec, inductionSpec, KEYS } from './design.ts';
import { copyingFigure, copyingLossFigure, grokkingFigure } from './figures.ts';
import { delaysOf, measure, numbersOf } from './measured.ts';
import { PARITY, parityFigure, paritySpec } from './parity.ts';
import { question } from './question.ts';
import { runTable } from './tables.ts';
import { REFUTED_BY, verdictOf, withParity } from './verdict.ts';

export const lesson: Lesson = {
  name: 'emergence-in-time',
  question,
  plan: (size, seed) => {
    const design = DESIGNS[size];
    return [
      { key: 'grokking', spec: grokkingSpec(design, seed, { weightDecay: 1 }), watch: 'all' },
      { key: 'control', spec: grokkingSpec(design, seed, {}), watch: 'all' },
      { key: 'squared-error', spec: grokkingSpec(design, seed, { loss: 'squared-error' }) },
      { key: 'two-layers', spec: inductionSpec(design, seed, 2), watch: 'all' },
      { key: 'one-layer', spec: inductionSpec(design, seed, 1), watch: 'all' },
      ...(design.parity
        ? [{ key: PARITY, spec: paritySpec(seed, design.seeds), watch: ['layers.0.weight'] }]
        : []),
    ];
  },
  judge,
  designed: (size) => ({ hours: DESIGNS[size].prime, seenPercent: 100 * DESIGNS[size].fraction }),
};

function judge(results: Results): Findings {
  const [grokking, control, squared, two, one] = KEYS.map((key) => finished(results, key));
  const parity = finished(results, PARITY);
  return {
    tables: [runTable(results)],
    figures: [
      ...(grokking ? [grokkingFigure(grokking, control, squared)] : []),
      ...(two || one ? [copyingFigure(two, one), copyingLossFigure(two, one)] : []),
      ...(parity ? [parityFigure(parity)] : []),
    ],
    fits: {},
    verdict:
      grokking && control && squared && two && one
        ? withParity(verdictOf(measure({ grokking, control, squared, two, one })), parity)
        : notEnough(
            gap(results, KEYS) ?? text('Runs are missing.', '缺少训练。'),
            REFUTED_BY,
            grokking && numbersOf(delaysOf(grokking)),
          ),
  };
}
