/**
 * Claims that are checked by training, from plan to verdict. The budgets of compute-optimal are in test/long; each lesson's
 * recording is a run at the standard size.
 */
import { expect, it } from 'vitest';
import { lesson } from '../../src/lessons/emergence-in-time/lesson.ts';
import { useDevice } from '../support/device.ts';
import { trainLesson } from './train-lesson.ts';

const device = useDevice({ kind: 'cpu' });

// Minutes on a busy machine.
it(
  'grokking needs weight decay, and one layer does not learn to copy: trained for real, at the small size',
  { timeout: 900_000 },
  async () => {
    const { outcome, numbers } = (await trainLesson(device(), lesson)).verdict;
    expect(outcome).toBe('holds');
    expect(numbers.ratio).toBeGreaterThanOrEqual(3);
    expect(numbers.controlAccuracy).toBeLessThan(0.1);
    expect(numbers.inductionOneLayer).toBeLessThan(0.4);
  },
);
