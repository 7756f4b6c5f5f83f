/** Each recording is of the engine of today: the first steps of its first run, trained anew, have the losses that it recorded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIRST_STEPS } from '../../src/lessons/first-losses.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { useDevice } from '../support/device.ts';
import { train, withTrainer } from '../support/train.ts';

/** Relative: the recording's device adds up in another order. */
const APART = 1e-4;

interface Recorded {
  specs: Record<string, unknown>;
  firstLosses?: number[];
}

const device = useDevice({ kind: 'cpu' });

test.each(LESSONS.map(({ name }) => name))('%s', { timeout: 60_000 }, async (name) => {
  const file = join(import.meta.dirname, `../../src/lessons/${name}/recording.json`);
  const { specs, firstLosses } = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
  const [first] = Object.values(specs);
  if (!first) {
    expect(firstLosses).toEqual([]);
    return;
  }
  const spec = parseSpec(first);
  const { losses } = await withTrainer(device(), spec, (trainer) => train(trainer, FIRST_STEPS));
  const today = losses.filter((_, i) => i % spec.replicas === 0).slice(0, FIRST_STEPS);
  expect(firstLosses, `npm run lab -- record ${name}`).toHaveLength(FIRST_STEPS);
  today.forEach((loss, i) => expect(Math.abs(loss / firstLosses![i]! - 1), `step ${i}`).toBeLessThan(APART));
});
