/** What each lesson asks to predict lies on an axis of the figure that it names, or is a plain number. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LESSONS } from '../../src/lessons/index.ts';
import { RecordingSchema } from '../../src/lessons/recording.ts';
import type { Series } from '../../src/lessons/lesson.ts';
import { compileProse } from '../../src/prose/compile.ts';
import { parse } from '../../src/schema.ts';

const FOLDER = join(import.meta.dirname, '../../src/lessons');
const read = (lesson: string, file: string): string => readFileSync(join(FOLDER, lesson, file), 'utf8');

const range = (series: readonly Series[], axis: 'x' | 'y'): [number, number] => {
  const values = series.flatMap((one) => one[axis]).filter((value) => value !== null);
  return [Math.min(...values), Math.max(...values)];
};

describe.each(LESSONS.map(({ name }) => name))('the prediction of %s', (name) => {
  const predicted = compileProse(read(name, 'en.md'), 'en').predict!;
  const { figures, verdict } = parse(RecordingSchema, JSON.parse(read(name, 'recording.json'))).findings;

  it('is about a number of the run', () => {
    expect(Number.isFinite(verdict.numbers[predicted.value])).toBe(true);
  });

  it('lies where it is drawn', () => {
    if (predicted.kind === 'number') {
      expect(predicted.figure).toBeUndefined();
      return;
    }
    const figure = figures.find((candidate) => candidate.name === predicted.figure);
    expect(figure, predicted.figure).toBeDefined();
    if (predicted.kind === 'curve') return;
    const [low, high] = range(figure!.series, predicted.kind === 'point' ? 'x' : 'y');
    expect(verdict.numbers[predicted.value]).toBeGreaterThanOrEqual(low);
    expect(verdict.numbers[predicted.value]).toBeLessThanOrEqual(high);
  });
});
