/** Each recording is of the engine of today: the first steps of its first run, trained anew, have the losses that it recorded. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type RecordedFile, recordedResults } from '../../src/cli/recorded.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { useDevice } from '../support/device.ts';
import { recordingFile, RECORDINGS } from '../support/recording.ts';
import { train, withTrainer } from '../support/train.ts';

const FIRST_STEPS = 3;
/** Relative: the recording's device adds up in another order. */
const APART = 1e-4;

/** A recording of findings alone, which brings the first losses of its first run. */
interface Older {
  specs: Record<string, unknown>;
  firstLosses: number[];
}

/** Of replica 0 of the first run. */
function recordedLosses(file: Older | RecordedFile): number[] {
  if ('firstLosses' in file) return file.firstLosses;
  const [run] = recordedResults(file).runs.values();
  return Array.from(run?.losses.values[0]?.slice(0, FIRST_STEPS) ?? []);
}

const device = useDevice({ kind: 'cpu' });

test.each(RECORDINGS)('$lesson, $size', { timeout: 900_000 }, async ({ lesson, size }) => {
  const file = JSON.parse(readFileSync(recordingFile(lesson, size), 'utf8')) as Older | RecordedFile;
  const recorded = recordedLosses(file);
  const [first] = Object.values(file.specs);
  if (!first) {
    expect(recorded).toEqual([]);
    return;
  }
  const spec = parseSpec(first);
  const { losses } = await withTrainer(device(), spec, (trainer) => train(trainer, FIRST_STEPS));
  const today = losses.filter((_, i) => i % spec.replicas === 0).slice(0, FIRST_STEPS);
  expect(recorded, `npm run lab -- record ${lesson} --size ${size}`).toHaveLength(FIRST_STEPS);
  today.forEach((loss, i) => expect(Math.abs(loss / recorded[i]! - 1), `step ${i}`).toBeLessThan(APART));
});
