/**
 * `record`: runs lessons at standard size and writes the recordings that ship with them; runs that `verdicts` has
 * left in a folder are taken from there.
 */
import { join } from 'node:path';
import type { Device } from '../gpu/device.ts';
import { LESSONS } from '../lessons/index.ts';
import { makeRecording, MOST_BYTES } from '../lessons/recording.ts';
import type { Lesson, Results } from '../lessons/lesson.ts';
import { readArguments } from './arguments.ts';
import { acquireDevice } from './device.ts';
import { experiment, runsFolder } from './experiment.ts';
import { duration } from './format.ts';
import { stopCode } from './stopping.ts';
import { lessonOf } from './lesson.ts';
import { checkWritable, writeWhole } from './files/write.ts';

export const RECORD_USAGE = 'record [NAME …] [--runs FOLDER]';

const SEED = 1;

export async function record(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, { runs: { type: 'string' } }, ['[NAME …]']);
  const device = await acquireDevice();
  for (const lesson of positionals.length ? positionals.map(lessonOf) : LESSONS) {
    if (!(await recordLesson(device, lesson, values.runs))) return stopCode();
  }
  return 0;
}

/** When the last of the runs and measurements ended. */
function lastDate({ runs, benchmarks }: Results): string {
  return [...runs.values(), ...benchmarks.values()]
    .map(({ date }) => date)
    .toSorted()
    .at(-1)!;
}

function recordingFile({ name }: Lesson): string {
  return join(import.meta.dirname, '../lessons', name, 'recording.json');
}

async function recordLesson(device: Device, lesson: Lesson, runs?: string): Promise<boolean> {
  checkWritable(recordingFile(lesson));
  const done = await experiment(device, lesson, 'standard', SEED, {
    folder: runs && runsFolder(runs, lesson, 'standard', SEED),
  });
  if (!done) return false;
  const recording = makeRecording(lesson, done.results, {
    size: 'standard',
    seed: SEED,
    device: done.device,
    date: lastDate(done.results),
    seconds: done.gpuSeconds,
  });
  const text = JSON.stringify(recording);
  if (text.length > MOST_BYTES) {
    throw new Error(
      `The recording of ${lesson.name} has ${text.length} bytes; at most ${MOST_BYTES} are allowed.`,
    );
  }
  writeWhole(recordingFile(lesson), `${text}\n`);
  console.log(
    `${lesson.name}: ${recording.findings.verdict.outcome}, ${text.length} bytes, ${duration(done.gpuSeconds)}`,
  );
  return true;
}
