/** What a course is told of a lesson, and what it keeps. */
import { expect, test } from 'vitest';
import { reportOf } from '../../src/app/course/score.ts';
import { Course, findAdapter, timeOf } from '../../src/app/course/scorm.ts';
import {
  MOST_CHARACTERS,
  readSuspended,
  type Suspended,
  writeSuspended,
} from '../../src/app/course/suspended.ts';

const BEGUN: Suspended = { version: 1, seed: 11, seen: false, checked: false };
const curve = (points: number): Suspended['prediction'] => ({
  kind: 'curve',
  points: Array.from({ length: points }, (_, i): [number, number] => [
    -1.23456789e-101 * (i + 1),
    -9.87654321e-101 / (i + 1),
  ]),
});

test('what is kept comes back, and never needs more than a course keeps', () => {
  const full: Suspended = {
    ...{ ...BEGUN, seed: 0xffffffff, seen: true, checked: true, right: false },
    ...{ points: 100, outcome: 'not-enough-evidence', before: 3, after: 3, prediction: curve(32) },
  };
  const text = writeSuspended(full);
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(writeSuspended({ ...full, prediction: curve(5000) }).length).toBeLessThanOrEqual(MOST_CHARACTERS);
  const back = readSuspended(text)!;
  expect({ ...back, prediction: undefined }).toEqual({ ...full, prediction: undefined });
  expect(back.prediction!.points).toHaveLength(32);
  expect(readSuspended(writeSuspended(back))).toEqual(back);
});

test.each(['', '{', '[]', '{"version":2}', '{"version":1,"seed":-1}', '{"version":1,"seed":1,"points":[]}'])(
  'what is nothing of ours begins anew: %s',
  (text) => expect(readSuspended(text)).toBeUndefined(),
);

test('a prediction counts because it was made; the check counts half when answered, and whole when rightly', () => {
  const state = (changes: Partial<Suspended>): Suspended => ({ ...BEGUN, ...changes });
  const told = (changes: Partial<Suspended>): unknown[] => Object.values(reportOf(state(changes), 1));
  const predicted = { prediction: curve(3) };
  expect(told({})).toEqual([0, 'incomplete', 'open']);
  expect(told(predicted)).toEqual([30, 'incomplete', 'open']);
  expect(told({ ...predicted, seen: true, points: 3 })).toEqual([60, 'incomplete', 'open']);
  expect(told({ ...predicted, seen: true, checked: true })).toEqual([80, 'completed', 'answered']);
  expect(told({ ...predicted, seen: true, checked: true, right: false })).toEqual([80, 'completed', 'wrong']);
  expect(told({ ...predicted, seen: true, checked: true, right: true })).toEqual([100, 'completed', 'right']);
  expect(told({ ...predicted, seen: true, after: 1 })).toEqual([100, 'completed', 'right']);
  expect(told({ ...predicted, seen: true, after: 0 })).toEqual([80, 'completed', 'wrong']);
  expect(told({ seen: true, after: 1 })).toEqual([70, 'completed', 'right']);
});

test('times are written as courses read them', () => {
  expect(timeOf(0)).toBe('0000:00:00.00');
  expect(timeOf(62_504)).toBe('0000:01:02.50');
  expect(timeOf(36_000_000)).toBe('0010:00:00.00');
});

/** A window among others. */
function around(parts: { API?: unknown; parent?: unknown; opener?: unknown }): Window {
  const here: Record<string, unknown> = { opener: null, ...parts };
  here.parent ??= here;
  return here as unknown as Window;
}

test('the run-time is looked for in the windows around and in the one that opened the page; strangers say nothing', () => {
  const API = { LMSInitialize: () => 'true' };
  const top = around({ API });
  expect(findAdapter(around({ parent: around({ parent: top }) }))).toBe(API);
  expect(findAdapter(around({ opener: around({ parent: top }) }))).toBe(API);
  expect(findAdapter(around({}))).toBeUndefined();
  const stranger = new Proxy(around({}), {
    get: (_, key) => {
      if (key === 'API') throw new Error('another origin');
      return stranger;
    },
  });
  expect(findAdapter(around({ parent: stranger }))).toBeUndefined();
});

test('a course that refuses, or breaks, stops no lesson; where the learner only looks, nothing is written', () => {
  const told: string[] = [];
  const course = (changes: Record<string, unknown>): Course | undefined =>
    Course.begin(
      around({
        API: {
          LMSInitialize: () => 'true',
          LMSGetValue: () => '',
          LMSSetValue: (key: string) => (told.push(key), 'false'),
          LMSCommit: () => 'true',
          LMSFinish: () => {
            throw new Error('gone');
          },
          LMSGetLastError: () => '101',
          ...changes,
        },
      }),
    );
  expect(course({ LMSInitialize: () => 'false' })).toBeUndefined();
  const begun = course({})!;
  begun.set('cmi.core.score.raw', 30);
  begun.finish();
  begun.set('cmi.core.score.raw', 60);
  expect(told).toEqual(['cmi.core.exit', 'cmi.core.score.raw', 'cmi.core.session_time']);
  told.length = 0;
  course({ LMSGetValue: (key: string) => (key.endsWith('mode') ? 'review' : '') })!.set(
    'cmi.core.score.raw',
    30,
  );
  expect(told).toEqual([]);
});
