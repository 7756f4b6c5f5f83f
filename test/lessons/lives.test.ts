/** The wall of a hundred lives: which runs, what their answers become, and how many of them a device has time for. */
import { expect, it } from 'vitest';
import { seedsWithin } from '../../src/app/lives/lives-run.ts';
import { validationSums } from '../../src/inside/sums.ts';
import { greenOf, livesPlan, sumsOf, wallOf } from '../../src/lessons/emergence-by-size/lives.ts';
import { SEEDS, WIDTHS } from '../../src/lessons/emergence-by-size/wall.ts';
import { isHeldOut } from '../../src/tasks/addition.ts';
import { parametersOf } from '../../src/training/spec/flops.ts';
import { findTask } from '../../src/tasks/index.ts';
import { taskOf } from '../../src/training/spec/spec.ts';
import { planItems } from '../../src/worker/jobs.ts';
import { fakeResults } from '../support/fake-experiment.ts';

const runs = [...fakeResults(livesPlan(4, 1)).values()];

it('is of six sizes and as many seeds as are asked for, which train side by side on the same examples', () => {
  const items = planItems(livesPlan(SEEDS, 3)).map((item) => ('run' in item ? item.run : undefined)!);
  expect(items.map(({ spec }) => parametersOf(spec))).toEqual([200, 592, 1176, 1952, 6976, 15072]);
  expect(items.every(({ beside, spec }) => beside && spec.replicas === SEEDS)).toBe(true);
  expect(new Set(items.map(({ spec }) => JSON.stringify([spec.task, spec.dataSeed]))).size).toBe(1);
});

it('asks sums of the validation set, which training never sees', () => {
  const { spec } = runs[0]!;
  const { options } = taskOf(spec);
  const { inputs, inputWidth } = findTask('addition').generate(options, spec.dataSeed).evaluation.validation;
  const sums = validationSums(options as never, spec.dataSeed, 6);
  expect(sums).toEqual(sumsOf(runs));
  sums.forEach(({ a, b }, row) => {
    const at = (i: number): number => inputs[row * inputWidth + i]!;
    expect([10 * at(0) + at(1), 10 * at(3) + at(4)]).toEqual([a, b]);
    expect(isHeldOut(options as never, a, b)).toBe(true);
  });
});

it('has a tile for each model, green where the whole answer is right, at every step that all have come to', () => {
  const wall = wallOf(runs)!;
  if (wall.kind !== 'rows') throw new TypeError('no rows');
  const [{ a, b }] = sumsOf(runs) as [{ a: number; b: number }];
  const [panel] = wall.panels;
  expect(wall.at).toEqual(runs[0]!.snapshots!.map(({ step }) => step));
  const [first, last] = [panel!.frames[0]!, panel!.frames.at(-1)!];
  expect(first.flatMap(({ parts }) => parts.filter(({ mark }) => mark === 'right'))).toEqual([]);
  expect(last).toHaveLength(WIDTHS.length);
  expect(last.at(-1)!.parts.map(({ text }) => text)).toEqual([
    '15,072',
    String(a + b),
    '0',
    String(a + b),
    '0',
  ]);
  expect(greenOf(wall)).toEqual({ green: 6, of: 24 });
  expect(panel!.reading!.values.at(-1)).toBe(6);
  expect(wall.track!.curves[0]!.y.at(-1)).toBe(6 / 24);
  // Of sizes that have not come as far, nothing is made up.
  const [slow, ...rest] = runs;
  const behind = { ...slow!, snapshots: slow!.snapshots!.slice(0, 3) };
  expect(wallOf([behind, ...rest])!.at).toEqual(wall.at.slice(0, 3));
  expect(wallOf([{ ...slow!, snapshots: [] }, ...rest])).toBeUndefined();
  expect(wallOf([])).toBeUndefined();
});

it.each([
  [3, SEEDS],
  [45, SEEDS],
  [90, 8],
  [400, 1],
  [1e5, 1],
])('trains as many seeds as end in time: where all take %d s, %d', (seconds, seeds) => {
  expect(seedsWithin(seconds)).toBe(seeds);
});
