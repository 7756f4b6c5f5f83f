import { expect, test } from 'vitest';
import { MOST_SECONDS, runTime } from '../../src/app/runs/run-times.ts';
import { COSTS } from '../../src/lessons/path.ts';

const { flops, recorded } = COSTS['scaling-laws']!;
const small = (recorded.software * flops.small) / flops.standard;

test('nothing measured: by the FLOPs on a GPU, by the recorded seconds on a CPU', () => {
  const guess = runTime('scaling-laws', undefined, false)!;
  expect(guess.measured).toBe(false);
  expect(guess.seconds).toBeGreaterThan(1);
  expect(guess.seconds).toBeLessThan(MOST_SECONDS);
  expect(runTime('scaling-laws', undefined, true)).toEqual({ seconds: small, measured: false });
  expect(runTime('sandbox', undefined, false)).toBeUndefined();
});

test('what a page has measured counts; other lessons are guessed from its pace', () => {
  const times = { device: 'd', seconds: { 'scaling-laws': { standard: recorded.gpu * 10 } } };
  expect(runTime('scaling-laws', times, false)).toEqual({ seconds: recorded.gpu * 10, measured: true });
  const other = runTime('compute-optimal', times, false)!;
  expect(other.measured).toBe(false);
  expect(other.seconds).toBeCloseTo(COSTS['compute-optimal']!.recorded.gpu * 10, 6);
});

test('an experiment that is too long here is counted at the small size', () => {
  const times = { device: 'd', seconds: { 'scaling-laws': { standard: 400, small: 80 } } };
  expect(runTime('scaling-laws', times, false)).toEqual({ seconds: 80, measured: true });
});
