/** `record`: runs lessons at standard size and writes the recordings that ship with them. */
import { join } from 'node:path';
import type { Device } from '../gpu/device.ts';
import { LESSONS } from '../lessons/index.ts';
import { makeRecording, MOST_BYTES } from '../lessons/recording.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { readArguments } from './arguments.ts';
import { acquireDevice } from './device.ts';
import { experiment } from './experiment.ts';
import { duration } from './format.ts';
import { lessonOf } from './lesson.ts';
import { writeWhole } from './store.ts';

export const RECORD_USAGE = 'record [NAME …]';

const SEED = 1;

export async function record(argv: string[]): Promise<number> {
  const { positionals } = readArguments(argv, {}, ['[NAME …]']);
  const device = await acquireDevice();
  for (const lesson of positionals.length ? positionals.map(lessonOf) : LESSONS) {
    if (!(await recordLesson(device, lesson))) return 130;
  }
  return 0;
}

async function recordLesson(device: Device, lesson: Lesson): Promise<boolean> {
  const done = await experiment(device, lesson, 'standard', SEED);
  if (!done) return false;
  const recording = makeRecording(lesson, done.results, {
    size: 'standard',
    seed: SEED,
    device: done.device,
    date: new Date().toISOString(),
    seconds: done.seconds,
  });
  const text = JSON.stringify(recording);
  if (text.length > MOST_BYTES) {
    throw new Error(
      `The recording of ${lesson.name} has ${text.length} bytes; at most ${MOST_BYTES} are allowed.`,
    );
  }
  writeWhole(join(import.meta.dirname, '../lessons', lesson.name, 'recording.json'), `${text}\n`);
  console.log(
    `${lesson.name}: ${recording.findings.verdict.outcome}, ${text.length} bytes, ${duration(done.seconds)}`,
  );
  return true;
}
