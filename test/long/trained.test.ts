/** The budgets of compute-optimal at their small size, from plan to verdict: minutes of a processor. */
import { expect, it } from 'vitest';
import { lesson } from '../../src/lessons/compute-optimal/lesson.ts';
import { trainLesson } from '../lessons/train-lesson.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice({ kind: 'cpu' });

it('every budget has its lowest loss inside the sizes, and the best size grows with a near one half', async () => {
  const { verdict, tables } = await trainLesson(device(), lesson);
  // The small size may leave ½ out, as seed 1 does: the verdict is then that of the interval.
  const { exponentLow, exponentHigh } = verdict.numbers;
  expect(verdict.outcome).toBe(exponentLow! <= 0.5 && exponentHigh! >= 0.5 ? 'holds' : 'does-not-hold');
  expect(tables.find(({ name }) => name === 'valleys')!.rows).toHaveLength(3);
  expect(verdict.numbers.exponent).toBeGreaterThanOrEqual(0.4);
  expect(verdict.numbers.exponent).toBeLessThanOrEqual(0.65);
});
