/** What lists say of the lessons' costs is what their plans ask for, and what their recordings took. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COSTS } from '../../src/lessons/costs.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { Lesson, Size } from '../../src/lessons/lesson.ts';
import { parseSpec } from '../../src/training/spec.ts';
import { sixND } from '../../src/training/sweep.ts';

const FOLDER = join(import.meta.dirname, '../../src/lessons');

/** Training FLOPs of all runs, all replicas. */
function flopsOf(lesson: Lesson, size: Size): number {
  const specs = lesson.plan(size, 1).flatMap((item) => ('spec' in item ? [parseSpec(item.spec)] : []));
  return specs.reduce((sum, spec) => sum + spec.replicas * sixND(spec), 0);
}

test('every lesson with an experiment has its cost', () => {
  expect(Object.keys(COSTS)).toEqual(LESSONS.map(({ name }) => name));
});

test.each(LESSONS.map((lesson) => [lesson.name, lesson] as const))('%s', (name, lesson) => {
  const cost = COSTS[name]!;
  const recording = JSON.parse(readFileSync(join(FOLDER, name, 'recording.json'), 'utf8')) as {
    device: string;
    seconds: number;
    size: Size;
  };
  expect(recording.size).toBe('standard');
  for (const size of ['small', 'standard'] as const) {
    const flops = flopsOf(lesson, size);
    expect(Math.abs(cost.flops[size] - flops)).toBeLessThanOrEqual(0.01 * flops);
  }
  const recorded = cost.recorded[/llvmpipe|swiftshader/i.test(recording.device) ? 'software' : 'gpu'];
  expect(Math.abs(recorded - recording.seconds)).toBeLessThanOrEqual(0.01 * recording.seconds);
});
