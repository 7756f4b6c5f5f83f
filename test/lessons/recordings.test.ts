/** The recordings that ship with the lessons: there, small, whole, and of the experiment that the lesson plans today. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { type RecordedFile, recordedFile, recordedResults, recordingFrom } from '../../src/cli/recorded.ts';
import { MOST_BYTES } from '../../src/findings/recording.ts';
import { findLesson, LESSONS } from '../../src/lessons/index.ts';
import { digestOf } from '../../src/lessons/recording.ts';
import { SchemaError } from '../../src/problems.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { recordingFile, recordingOf, RECORDINGS } from '../support/recording.ts';
import { replicated } from './replicated.ts';

test.each(LESSONS.map(({ name }) => name))('%s has a recording', (name) => {
  expect(existsSync(recordingFile(name))).toBe(true);
});

describe.each(RECORDINGS)('the recording of $lesson, $size,', ({ lesson: name, size }) => {
  const lesson = findLesson(name)!;
  const file = JSON.parse(readFileSync(recordingFile(name, size), 'utf8')) as
    RecordedFile | { results?: never };

  it('is small on the page, and as the page expects it', () => {
    const recording = recordingOf(name, size);
    expect(JSON.stringify(recording).length).toBeLessThanOrEqual(MOST_BYTES);
    expect([recording.lesson, recording.size]).toEqual([name, size]);
    expect(recording.findings.figures.length).toBeGreaterThan(0);
    // A claim that does not hold is recorded as it is; one without a verdict says nothing.
    expect(recording.findings.verdict.outcome).not.toBe('not-enough-evidence');
  });

  it('is of the experiment that the lesson plans today', () => {
    const recording = recordingOf(name, size);
    const planned = lesson
      .plan(recording.size, recording.seed)
      .flatMap((item) => ('spec' in item ? [[item.key, parseSpec(item.spec)]] : []));
    const recorded = Object.entries(recording.specs).map(([key, spec]) => [key, parseSpec(spec)]);
    expect(recorded).toEqual(planned);
  });

  if (!file.results) return;

  it('holds the losses that were trained', () => {
    expect(digestOf(recordedResults(file))).toBe(file.digest);
  });
});

describe('recorded results', () => {
  const lesson = findLesson('efficiency-times-time')!;
  const about = {
    size: 'small',
    seed: 1,
    device: 'made up',
    date: '2026-01-01T00:00:00.000Z',
    seconds: 1,
  } as const;
  const results = replicated(
    lesson,
    ({ step, replica }) => ({
      facts: {
        exactLoss: 4 - 0.4 * Math.log(step + 1 + replica),
        accuracy: replica === 1 ? NaN : 0.1 * Math.log(step + 1),
      },
    }),
    {
      size: 'small',
      steps: ({ steps }) => [0, 1, steps],
      diverged: (key, replica) => key === 'sgd-112' && replica === 2,
    },
  );
  const written = (): RecordedFile =>
    JSON.parse(JSON.stringify(recordedFile(lesson, results, about))) as RecordedFile;

  it('are read as they were written: losses to the bit, metrics to seven digits', () => {
    const read = recordedResults(written());
    expect([...read.runs.keys()]).toEqual([...results.runs.keys()]);
    expect(digestOf(read)).toBe(digestOf(results));
    for (const [key, { evaluations, losses, ...run }] of read.runs) {
      const before = results.runs.get(key)!;
      expect({ ...before, ...run }).toEqual(before);
      expect(losses.values.map((values) => [...values])).toEqual(
        before.losses.values.map((values) => [...Float32Array.from(values)]),
      );
      expect(evaluations.map(({ step }) => step)).toEqual(before.evaluations.map(({ step }) => step));
      evaluations.forEach(({ sets }, i) =>
        sets.facts!.forEach((record, r) => {
          const { exactLoss, accuracy } = before.evaluations[i]!.sets.facts![r]!;
          expect(record).toEqual({
            exactLoss: expect.closeTo(exactLoss!, 6) as number,
            accuracy: r === 1 ? NaN : (expect.closeTo(accuracy!, 6) as number),
          });
        }),
      );
    }
  });

  it('say what the judge says of them today, also in other words', () => {
    const said = recordingFrom(lesson, written()).findings.verdict;
    expect(said.outcome).toBe(lesson.judge(results, 'small').verdict.outcome);
    const other = { ...lesson, judge: () => ({ ...lesson.judge(results, 'small'), tables: [] }) };
    expect(recordingFrom(other, written()).findings.tables).toEqual([]);
  });

  it.each([
    ['no spec', (file: RecordedFile) => delete file.specs['adam-112'], /must have a spec/],
    [
      'a step too few',
      (file: RecordedFile) => (file.results.runs['adam-112']!.step = 111),
      /step: is 111 of 112/,
    ],
    [
      'a replica too few',
      (file: RecordedFile) => file.results.runs['adam-112']!.losses.values.pop(),
      /losses.values: must be a list of losses for each of 3 replicas/,
    ],
  ])('are refused with %s', (_, spoil, message) => {
    const file = written();
    spoil(file);
    expect(() => recordedResults(file)).toThrow(SchemaError);
    expect(() => recordedResults(file)).toThrow(message);
  });
});
