/** The text of a lesson is that of every size: what is planned at one size alone is no plain number in it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/index.ts';
import type { Lesson, Size } from '../../src/lessons/lesson.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { parametersOf } from '../../src/training/spec/flops.ts';

/** Smaller ones are too often something else. */
const LEAST_PARAMETERS = 1000;

const NUMBER = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]*\d)|(?<![\d.,])\d+(?![\d.,]*\d)/g;
const STEPS = new RegExp(`(?:${NUMBER.source})(?= steps| 步)`, 'g');

/** Of the runs of a size. */
function planned(lesson: Lesson, size: Size): { parameters: number[]; steps: number[] } {
  const specs = lesson.plan(size, 1).flatMap((item) => ('spec' in item ? [parseSpec(item.spec)] : []));
  return {
    parameters: specs.map(parametersOf).filter((count) => count >= LEAST_PARAMETERS),
    steps: specs.map(({ steps }) => steps),
  };
}

/** What is in one of the two lists. */
const alone = (one: readonly number[], other: readonly number[]): number[] => [
  ...one.filter((value) => !other.includes(value)),
  ...other.filter((value) => !one.includes(value)),
];

/** The words of a lesson, without its front matter, formulas, settings, tables, and what is filled in. */
const wordsOf = (markdown: string): string =>
  markdown
    .replace(/^---$[^]*?^---$/m, '')
    .replace(/<lab-value[^>]*>[^<]*<\/lab-value>|<[^>]*>|\$\$[^]*?\$\$|\$[^$]*\$|^\|.*$/gm, ' ');

const numbersIn = (words: string, pattern: RegExp): number[] =>
  Array.from(words.matchAll(pattern), ([digits]) => Number(digits.replaceAll(',', '')));

test.each(LESSONS.map((lesson) => [lesson.name, lesson] as const))(
  '%s speaks of no size alone',
  (name, lesson) => {
    const [small, standard] = [planned(lesson, 'small'), planned(lesson, 'standard')];
    const sizes = alone(small.parameters, standard.parameters);
    const lengths = alone(small.steps, standard.steps);
    for (const language of ['en', 'zh']) {
      const words = wordsOf(readFileSync(`src/lessons/${name}/${language}.md`, 'utf8'));
      const stray = [
        ...numbersIn(words, NUMBER).filter((value) => sizes.includes(value)),
        ...numbersIn(words, STEPS).filter((value) => lengths.includes(value)),
      ];
      expect(stray, language).toEqual([]);
    }
  },
);
