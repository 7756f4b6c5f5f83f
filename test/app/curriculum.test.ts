import { expect, test } from 'vitest';
import { LESSON_NAMES, metaOf } from '../../src/app/curriculum.ts';
import { describeChanges } from '../../src/app/lesson/changes.ts';
import { changed } from '../../src/lessons/changes.ts';
import { chartSeries } from '../../src/figures/series.ts';
import { placeOf } from '../../src/figures/marks.ts';
import { preferred } from '../../src/locales/language.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { Figure } from '../../src/lessons/lesson.ts';

const name = (text: string) => ({ en: text, zh: text });

test('the path has the lessons in their order, and the sandbox at its end', () => {
  expect(LESSON_NAMES).toEqual([...LESSONS.map(({ name }) => name), 'sandbox']);
});

test('every page of the path has its words in both languages', () => {
  for (const lesson of [...LESSON_NAMES, 'teacher', 'glossary']) {
    for (const language of ['en', 'zh'] as const) {
      const { title, question, description, minutes } = metaOf(lesson, language);
      expect([title, question, description].every(Boolean), lesson).toBe(true);
      expect(minutes, lesson).toBeGreaterThan(3);
    }
  }
});

test.each([
  [['zh-CN', 'en'], 'zh'],
  [['fr', 'zh-Hant-TW', 'en'], 'zh'],
  [['de-DE', 'en-GB'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
] as const)('of %o the page speaks %s', (languages, expected) => {
  expect(preferred(languages)).toBe(expected);
});

test('changes reach every run; another task drops the options of the old one', () => {
  const plan = [
    { key: 'a', spec: { task: { name: 'sine', noise: 0.1 }, steps: 10 } },
    { key: 'b', spec: { task: { name: 'sine', noise: 0.1 }, steps: 20 }, from: 'a' },
    { key: 'c', benchmark: { products: [8], variants: [], attention: [] } },
  ];
  const more = changed(plan, { 'task.noise': 0.3, 'model.width': 8, seed: 3 });
  expect(more[0]).toEqual({
    key: 'a',
    spec: { task: { name: 'sine', noise: 0.3 }, steps: 10, model: { width: 8 } },
  });
  expect(more[1]).toMatchObject({ from: 'a', spec: { task: { noise: 0.3 } } });
  expect(more[2]).toEqual(plan[2]);
  expect(plan[0]).toMatchObject({ spec: { task: { noise: 0.1 } } });
  expect(changed(plan, { 'task.name': 'addition' })[0]).toMatchObject({
    spec: { task: { name: 'addition' } },
  });
  expect(JSON.stringify(changed(plan, { 'task.name': 'addition' }))).not.toContain('noise');

  const words = { label: (path: string) => path, usual: 'usual' };
  expect(describeChanges(plan, 1, { steps: 5, seed: 7, 'model.hidden': [2, 2] }, words)).toEqual([
    { key: 'steps', label: 'steps', from: '10, 20', to: '5' },
    { key: 'seed', label: 'seed', from: '1', to: '7' },
    { key: 'model.hidden', label: 'model.hidden', from: 'usual', to: '2·2' },
  ]);
});

const figure: Figure = {
  name: 'f',
  title: name('Figure'),
  x: { label: name('x'), scale: 'log' },
  y: { label: name('y'), scale: 'linear' },
  series: [
    { name: name('cloud'), role: 'measured', mark: 'points', x: [3, 1, 1, NaN], y: [30, 10, null, 5] },
    { name: name('law'), role: 'fit', mark: 'line', x: [1, 3], y: [1, 3], low: [0, 2], high: [2, 4] },
    { name: name('small'), role: 'size', rank: [0, 2], mark: 'line', x: [1], y: [1] },
    { name: name('large'), role: 'size', rank: [1, 2], mark: 'line', x: [1], y: [1] },
  ],
};

test('a figure becomes series: sorted, positions apart, a look per meaning', () => {
  const [cloud, law, small, large] = chartSeries(figure);
  expect(Array.from(cloud!.y)).toEqual([10, NaN, 30]);
  expect(cloud!.x[1]).toBeGreaterThan(1);
  expect(cloud!.x[1]).toBeCloseTo(1, 6);
  expect(cloud!.line).toBe(false);
  expect(law!.band).toMatchObject({ low: [0, 2], high: [2, 4] });
  expect([small!.color, large!.color]).toEqual(['s1', 's6']);
  expect(chartSeries(figure, true).every(({ color, thin }) => color === 'ink-3' && thin)).toBe(true);
});

test('a moment is where its figure says, or what its name implies', () => {
  const marked = [figure, { ...figure, marks: { here: { x: 2 } } }];
  expect(placeOf(marked, 'here')).toEqual({ figure: 1, x: 2 });
  expect(placeOf(marked, 'band')).toEqual({ figure: 0, series: 1 });
  expect(placeOf(marked, 'fitted')).toEqual({ figure: 0, series: 0 });
  expect(placeOf(marked, 'nowhere')).toBeUndefined();
  expect(placeOf([], 'start')).toBeUndefined();
});
