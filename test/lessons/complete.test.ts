/** What a lesson's folder still lacks, one line each: `npm run new lesson NAME` writes one that lacks a good deal. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSoftwareName } from '../../src/gpu/adapter.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { type Lesson, type Size, SIZES } from '../../src/lessons/lesson.ts';
import { COSTS, EXPERIMENT_NAMES, LESSON_NAMES } from '../../src/lessons/path.ts';
import { planDigest } from '../../src/cli/plan-digest.ts';
import type { Trials } from '../../src/lessons/trials.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { flopsOf } from '../../src/training/spec/flops.ts';

const FOLDER = join(import.meta.dirname, '../../src/lessons');
const FILES = [
  'meta.ts',
  'question.ts',
  'lesson.ts',
  'lesson.test.ts',
  'class.ts',
  'en.md',
  'zh.md',
  'recording.json',
];
/** Of a number that meta.ts gives, against what was planned or recorded. */
const TOLERANCE = 0.01;

/** Training FLOPs of all runs, all replicas. */
function planFlops(lesson: Lesson, size: Size): number {
  const specs = lesson.plan(size, 1).flatMap((item) => ('spec' in item ? [parseSpec(item.spec)] : []));
  return specs.reduce((sum, spec) => sum + spec.replicas * flopsOf(spec), 0);
}

const isNear = (given: number, right: number): boolean => Math.abs(given - right) <= TOLERANCE * right;

function lacks(lesson: Lesson): string[] {
  const { name } = lesson;
  const folder = join(FOLDER, name);
  const lacking: string[] = [];
  for (const file of FILES) {
    if (existsSync(join(folder, file))) continue;
    lacking.push(`${file}${file === 'recording.json' ? `: npm run lab -- record ${name}` : ''}`);
  }
  for (const file of readdirSync(folder)) {
    const count = readFileSync(join(folder, file), 'utf8').split('TODO').length - 1;
    if (count > 0) lacking.push(`${file}: ${count} TODO`);
  }
  if (!readFileSync(join(folder, 'lesson.test.ts'), 'utf8').includes("'does-not-hold'")) {
    lacking.push('lesson.test.ts: planted results under which the verdict is does-not-hold');
  }
  const { flops, recorded } = COSTS[name]!;
  for (const size of ['small', 'standard'] as const) {
    const right = planFlops(lesson, size);
    if (!isNear(flops[size], right)) lacking.push(`meta.ts: cost.flops.${size}: ${right.toPrecision(3)}`);
  }
  if (existsSync(join(folder, 'recording.json'))) {
    const { device, seconds, size } = JSON.parse(readFileSync(join(folder, 'recording.json'), 'utf8')) as {
      device: string;
      seconds: number;
      size: Size;
    };
    if (size !== 'standard') lacking.push('recording.json: of the size standard');
    const kind = isSoftwareName(device) ? 'software' : 'gpu';
    // The processor is neither kind: the times of both are then those of before, by the FLOPs.
    if (device !== 'CPU' && !isNear(recorded[kind], seconds)) {
      lacking.push(`meta.ts: cost.recorded.${kind}: ${seconds.toPrecision(3)}`);
    }
  }
  const tried = existsSync(join(folder, 'trials.json'))
    ? (JSON.parse(readFileSync(join(folder, 'trials.json'), 'utf8')) as Trials)
    : {};
  for (const size of SIZES) {
    if (!tried[size] || tried[size].plan === planDigest(lesson, size)) continue;
    lacking.push(
      `trials.json of today's plan: npm run lab -- verdicts ${name} --size ${size} --to src/lessons`,
    );
  }
  return lacking;
}

test.each(LESSONS.map((lesson) => [lesson.name, lesson] as const))('%s lacks nothing', (_, lesson) => {
  const lacking = lacks(lesson);
  if (lacking.length > 0) expect.fail(`src/lessons/${lesson.name} lacks:\n${lacking.join('\n')}`);
});

test('a lesson has the name of its folder, and its place to itself', () => {
  expect(LESSONS.map(({ name }) => name)).toEqual(EXPERIMENT_NAMES);
  const places = LESSON_NAMES.map((name) => readFileSync(join(FOLDER, name, 'meta.ts'), 'utf8')).map(
    (meta) => /^export const place = (\d+);/m.exec(meta)?.[1],
  );
  expect(new Set(places).size).toBe(places.length);
});
