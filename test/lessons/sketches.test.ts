/** The small drawings of the first page show what is given, and where the answer goes. */
import { expect, test } from 'vitest';
import { EXPERIMENT_NAMES, SKETCHES } from '../../src/lessons/path.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { NOTHING_GIVEN } from '../../src/lessons/question.ts';

const WIDTH = 132;
const HEIGHT = 44;

test.each(EXPERIMENT_NAMES)('%s has one place for the answer, within the drawing', (name) => {
  const asked = SKETCHES[name]!.filter(([kind]) => kind === 'ask');
  expect(asked).toHaveLength(1);
  const [x, y, width, height] = asked[0]![2].split(' ').map(Number) as [number, number, number, number];
  expect(Math.min(x, y)).toBeGreaterThan(0);
  expect(x + width).toBeLessThan(WIDTH);
  expect(y + height).toBeLessThan(HEIGHT);
});

test.each(EXPERIMENT_NAMES)('%s draws as much as its question gives', (name) => {
  const { question } = LESSONS.find((lesson) => lesson.name === name)!;
  const given = SKETCHES[name]!.filter(([kind]) => kind !== 'ask');
  expect(given.length === 0).toBe(question.given === NOTHING_GIVEN);
});

test.each(EXPERIMENT_NAMES)(
  '%s: where the answer lies along the axis, nothing given in bars or dots is',
  (name) => {
    const sketch = SKETCHES[name]!;
    const [left, , width] = sketch
      .find(([kind]) => kind === 'ask')![2]
      .split(' ')
      .map(Number) as [number, number, number];
    const { from } = LESSONS.find((lesson) => lesson.name === name)!.question;
    if (from === undefined) return;
    for (const [, , path] of sketch.filter(([kind]) => kind === 'dots' || kind === 'bars'))
      for (const x of path
        .split(' ')
        .map(Number)
        .filter((_, i) => i % 2 === 0))
        expect(x < left || x > left + width).toBe(true);
  },
);
