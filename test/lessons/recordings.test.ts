/** The recordings that ship with the lessons: there, small, whole, and what the lesson's judge says of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LESSONS } from '../../src/lessons/index.ts';
import { MOST_BYTES, RecordingSchema } from '../../src/findings/recording.ts';
import { parse } from '../../src/schema.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

const FOLDER = join(import.meta.dirname, '../../src/lessons');

describe.each(LESSONS.map((lesson) => ({ name: lesson.name, lesson })))(
  'the recording of $name',
  ({ name, lesson }) => {
    const path = join(FOLDER, name, 'recording.json');

    it('is there, small, and as the page expects it', () => {
      expect(existsSync(path)).toBe(true);
      const text = readFileSync(path, 'utf8');
      expect(text.length).toBeLessThanOrEqual(MOST_BYTES + 1);
      const recording = parse(RecordingSchema, JSON.parse(text));
      expect(recording.lesson).toBe(name);
      expect(recording.findings.figures.length).toBeGreaterThan(0);
      // A claim that does not hold is recorded as it is; one without a verdict says nothing.
      expect(recording.findings.verdict.outcome).not.toBe('not-enough-evidence');
    });

    it('is of the experiment that the lesson plans today', () => {
      const recording = parse(RecordingSchema, JSON.parse(readFileSync(path, 'utf8')));
      const planned = lesson
        .plan(recording.size, recording.seed)
        .flatMap((item) => ('spec' in item ? [[item.key, parseSpec(item.spec)]] : []));
      const recorded = Object.entries(recording.specs).map(([key, spec]) => [key, parseSpec(spec)]);
      expect(recorded).toEqual(planned);
    });
  },
);
