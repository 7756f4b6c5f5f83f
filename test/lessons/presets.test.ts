/** The presets under "Try": the engine takes what they make of the plan, and it is another one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changed, type Changes } from '../../src/lessons/changes.ts';
import { type Lesson, type PlannedItem, SIZES } from '../../src/lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

test.each(EXPERIMENT_NAMES)('the presets of %s can be trained, and change the plan', async (name) => {
  const { lesson } = (await import(`../../src/lessons/${name}/lesson.ts`)) as { lesson: Lesson };
  const text = readFileSync(new URL(`../../src/lessons/${name}/en.md`, import.meta.url), 'utf8');
  const presets = [...text.matchAll(/<lab-try set='([^']*)'>/g)].map(
    ([, set]) => JSON.parse(set!) as Changes,
  );
  expect(presets.length).toBeGreaterThanOrEqual(2);
  for (const preset of presets) {
    for (const size of SIZES) {
      const seed = typeof preset.seed === 'number' ? preset.seed : 1;
      const plan = changed(lesson.plan(size, seed), preset);
      for (const item of plan) if ('spec' in item) expect(() => parseSpec(item.spec)).not.toThrow();
      expect(plan, `${JSON.stringify(preset)} at the size ${size}`).not.toEqual(lesson.plan(size, 1));
    }
  }
});

test('where some runs spell a setting out, it is changed in those alone', () => {
  const plan = [
    { key: 'mlp', spec: { model: { embedding: 8 }, steps: 1 } },
    { key: 'transformer', spec: { model: { width: 8 }, steps: 1 } },
  ];
  expect(changed(plan, { 'model.embedding': 16, steps: 2, batch: 3 })).toEqual([
    { key: 'mlp', spec: { model: { embedding: 16 }, steps: 2, batch: 3 } },
    { key: 'transformer', spec: { model: { width: 8 }, steps: 2, batch: 3 } },
  ]);
});

test('every run may have examples of its own', () => {
  const plan = [
    { key: 'w8', spec: { dataSeed: 1, steps: 1 } },
    { key: 'w16', spec: { dataSeed: 1, steps: 1 } },
  ];
  const seeds = (plan: readonly PlannedItem[]): unknown[] =>
    changed(plan, { dataSeed: 'own' }).map((item) => 'spec' in item && item.spec.dataSeed);
  const [first, second] = seeds(plan);
  for (const seed of [first, second]) expect(Number(seed) >>> 0).toBe(seed);
  expect(new Set([1, first, second]).size).toBe(3);
  expect(seeds(plan)).toEqual([first, second]);
  expect(seeds(plan.map((item) => ({ ...item, spec: { ...item.spec, dataSeed: 2 } })))).not.toContain(first);
});

test('the controls without weight decay stay without it', async () => {
  const { lesson } = await import('../../src/lessons/emergence-in-time/lesson.ts');
  const decays = changed(lesson.plan('standard', 1), { 'optimizer.weightDecay': 0.3 }).map((item) => {
    const { optimizer } = parseSpec('spec' in item ? item.spec : undefined);
    return 'weightDecay' in optimizer ? optimizer.weightDecay : undefined;
  });
  expect(decays).toEqual([0.3, 0, 0, 0, 0]);
});
