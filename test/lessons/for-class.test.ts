/** What each lesson says for a class: a question of four options in both languages, and a curve that its recording has. */
import { expect, test } from 'vitest';
import { fittingResult, MOST_CHARACTERS } from '../../src/class/codec.ts';
import { pooledSeries } from '../../src/class/result.ts';
import type { ForClass } from '../../src/lessons/for-class.ts';
import { findLesson } from '../../src/lessons/index.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { recordingOf } from '../support/recording.ts';

const modules = import.meta.glob<ForClass>('../../src/lessons/*/class.ts', {
  import: 'forClass',
  eager: true,
});
const forClass = (name: string): ForClass => modules[`../../src/lessons/${name}/class.ts`]!;

test.each(EXPERIMENT_NAMES)('%s: four options, none of them twice, each in both languages', (name) => {
  const { question, headline, answers } = forClass(name);
  for (const language of ['en', 'zh'] as const) {
    expect(new Set(question.options.map((option) => option[language])).size).toBe(4);
    for (const said of [question.asked, question.because, headline, answers, ...question.options]) {
      expect(said[language].length).toBeGreaterThan(4);
    }
  }
});

test('the right option is not always at the same place', () => {
  const places = EXPERIMENT_NAMES.map((name) => forClass(name).question.right);
  for (const place of [0, 1, 2, 3]) {
    expect(places.filter((other) => other === place).length).toBeLessThanOrEqual(EXPERIMENT_NAMES.length / 2);
  }
});

test.each(EXPERIMENT_NAMES)('%s: its recorded run is a result that fits, with a curve', async (name) => {
  const run = recordingOf(name);
  const { pooled } = forClass(name);
  expect(pooledSeries({ run, pooled })).toBeDefined();
  const prediction = {
    kind: 'curve' as const,
    points: [2.123, 31.23, 412.3, 5213, 61230].map((x): [number, number] => [x, 1 / x]),
  };
  const { result, text } = await fittingResult({
    run,
    pooled,
    member: 'q3F_x-9aZ01k',
    prediction,
    before: 1,
    after: 2,
  });
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(result.curve!.x.length).toBeGreaterThanOrEqual(
    Math.min(10, pooledSeries({ run, pooled })!.x.length),
  );
  const { value } = findLesson(name)!.question;
  if (value in run.findings.verdict.numbers) expect(Object.keys(result.numbers)).toContain(value);
  if (pooled.place) expect(result.place).toBeGreaterThan(0);
});
