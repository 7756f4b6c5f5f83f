import { describe, expect, it } from 'vitest';
import { bench } from '../../src/cli/bench/command.ts';
import { floorOf, total } from '../../src/bench/floor.ts';
import { median, time } from '../../src/bench/measure.ts';
import type { Subject } from '../../src/bench/subject.ts';

function recorder(engine: string, runs: string[]): Subject {
  const run = (steps: number): Promise<number> => {
    runs.push(`${engine} ${steps}`);
    return Promise.resolve(0);
  };
  return { engine, flops: 3e9, bytes: 1e9, run, destroy: () => undefined };
}

describe('median', () => {
  it('is the middle value or the mean of the two, in numerical order', () => {
    expect(median([10, 9, 200])).toBe(10);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('time', () => {
  it('lets the subjects take turns', async () => {
    const runs: string[] = [];
    const subjects = [recorder('a', runs), recorder('b', runs)];
    await time(subjects, 5, { budgetMs: Infinity, least: 2, most: 2 });
    expect(runs).toEqual(['a 5', 'b 5', 'a 5', 'b 5']);
  });

  it('runs the least number of rounds where they take longer than the budget', async () => {
    const runs: string[] = [];
    await time([recorder('a', runs)], 1, { budgetMs: 0, least: 3, most: 9 });
    expect(runs).toHaveLength(3);
  });
});

describe('floor', () => {
  it('takes the larger of arithmetic and memory, and adds dispatches and a submit', () => {
    const rates = { gflops: 1000, gigabytesPerSecond: 100, dispatchMs: 0.01, submitMs: 0.5 };
    const floor = floorOf(rates, recorder('a', []), 20);
    expect(floor).toEqual({ flopsMs: 3, bytesMs: 10, dispatchMs: 0.2, submitMs: 0.5 });
    expect(total(floor)).toBeCloseTo(10.7, 10);
  });
});

describe('bench', () => {
  it('refuses a workload that it does not know, and names those it knows', async () => {
    await expect(bench(['--workload', 'huge'])).rejects.toThrow(
      /must be one of transformer, mlp, .* not "huge"/,
    );
  });
});
