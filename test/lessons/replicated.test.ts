/** What lessons on kernels, learning, emergence, efficiency and specialists must keep: plans that parse, no exceptions. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lesson as bySize } from '../../src/lessons/emergence-by-size/lesson.ts';
import { lesson as efficiency } from '../../src/lessons/efficiency-times-time/lesson.ts';
import { lesson as inTime } from '../../src/lessons/emergence-in-time/lesson.ts';
import { lesson as kernels } from '../../src/lessons/kernels/lesson.ts';
import { lesson as learning } from '../../src/lessons/learning/lesson.ts';
import { SIZES } from '../../src/lessons/lesson.ts';
import { LOOP, NEW_QUESTIONS } from '../../src/lessons/specialists/design.ts';
import { lesson as specialists } from '../../src/lessons/specialists/lesson.ts';
import type { BenchmarkResult } from '../../src/worker/protocol.ts';
import { replicated, runSpecs, type Scores } from './replicated.ts';

const LESSONS = [kernels, learning, bySize, inTime, efficiency, specialists];

/** The same for all: nothing was learned. */
const flat =
  (value: number): Scores =>
  () => {
    const metrics = { loss: value, exactLoss: value, accuracy: value, exactMatch: value };
    return Object.fromEntries(
      ['validation', 'train', 'clean', 'facts', 'domain', 'general'].map((set) => [set, metrics]),
    );
  };

/** Everything is learned: by the wide models, after a tenth of the time the examples, after half of it all else. */
const learned: Scores = ({ spec, step }) => {
  const progress = step / spec.steps;
  const wide = spec.model.kind === 'mlp' || spec.model.width > 8;
  const found = progress >= 0.5 && wide ? 0.98 : 0.02;
  const heldOut = { loss: 1.3 - progress, exactLoss: 1.3 - progress, accuracy: found, exactMatch: found };
  return {
    validation: { ...heldOut, loss: 0.012 + (1 - progress) },
    clean: heldOut,
    train: { ...heldOut, accuracy: progress >= 0.1 ? 1 : 0.2 },
    facts: heldOut,
    domain: heldOut,
    general: heldOut,
  };
};

const benchmark: BenchmarkResult = {
  device: 'made up',
  date: '2026-01-01T00:00:00.000Z',
  products: [64, 256].flatMap((n) => [
    { variant: 'naive' as const, n, ms: 1, gflops: 10 },
    { variant: 'tiled' as const, n, ms: 1, gflops: 50 },
  ]),
  attention: [{ variant: 'tiled', length: 64, ms: 1, gflops: 5, flopsPerByte: 8 }],
  kernels: [],
  gigabytesPerSecond: 10,
  dispatchMicroseconds: 5,
  submitMicroseconds: 40,
};

/** The moments that the prose points at, from its front matter. */
function marksOfProse(name: string): string[] {
  const prose = readFileSync(new URL(`../../src/lessons/${name}/en.md`, import.meta.url), 'utf8');
  const list = /^marks:\n((?: {2}.*\n)+)/m.exec(prose)?.[1] ?? '';
  return Array.from(list.matchAll(/^ {2}([\w-]+):/gm), (match) => match[1]!);
}

describe.each(LESSONS)('$name', (lesson) => {
  it('finds the moments that the prose points at, on series that are there', () => {
    const { runs } = replicated(lesson, learned, { floor: 0.01 });
    const { figures } = lesson.judge({ runs, benchmarks: new Map([['device', benchmark]]) }, 'standard');
    const places = figures.flatMap(({ marks = {}, series }) =>
      Object.entries(marks).map(([mark, place]) => ({ mark, place, series: series[place.series ?? 0] })),
    );
    expect(places.map(({ mark }) => mark)).toEqual(expect.arrayContaining(marksOfProse(lesson.name)));
    for (const { place, series } of places) {
      expect(series).toBeDefined();
      if (place.x === undefined) continue;
      expect(place.x).toBeGreaterThanOrEqual(Math.min(...series!.x));
      expect(place.x).toBeLessThanOrEqual(Math.max(...series!.x));
    }
  });

  it.each(SIZES)('plans runs of the size %s: keys of their own, seeds for weights and data alike', (size) => {
    const plan = lesson.plan(size, 5);
    expect(new Set(plan.map(({ key }) => key)).size).toBe(plan.length);
    for (const item of plan) {
      if (!('from' in item)) continue;
      expect(plan.findIndex(({ key }) => key === item.from)).toBeLessThan(plan.indexOf(item));
    }
    for (const [key, spec] of runSpecs(lesson, size, 5)) {
      // What goes on with new questions has those of another seed.
      expect([spec.seed, spec.dataSeed]).toEqual([5, key in LOOP ? 5 + NEW_QUESTIONS : 5]);
    }
  });

  it('says that there is not enough evidence without runs, with the first only, and with runs that diverged', () => {
    const [first] = lesson.plan('standard', 1);
    for (const results of [
      { runs: new Map(), benchmarks: new Map() },
      replicated(lesson, flat(0.5), { missing: (key) => key !== first!.key, diverged: () => true }),
      replicated(lesson, flat(0.5), { diverged: () => true }),
      replicated(lesson, flat(NaN), { loss: () => NaN }),
    ]) {
      const { verdict, tables, figures } = lesson.judge(results, 'standard');
      expect(verdict.outcome).toBe('not-enough-evidence');
      for (const value of Object.values(verdict.numbers)) expect(value).toSatisfy(Number.isFinite);
      for (const text of [verdict.sentence, verdict.refutedBy]) {
        expect(text.en.length).toBeGreaterThan(10);
        expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
      }
      for (const { columns, rows } of tables) {
        for (const row of rows) expect(row).toHaveLength(columns.length);
      }
      for (const { x, y } of figures.flatMap(({ series }) => series)) expect(x).toHaveLength(y.length);
    }
  });
});
