/**
 * `record`: runs lessons at standard size and writes the recordings that ship with them, or others into a folder, with
 * pictures of the inside in a file of their own (`--pictures`: that file alone); runs that are in a folder already are
 * taken from there.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Device } from '../gpu/device.ts';
import { insideOf, LESSONS } from '../lessons/index.ts';
import { MOST_BYTES } from '../findings/recording.ts';
import { firstLosses } from '../lessons/first-losses.ts';
import { makePictures } from '../lessons/inside.ts';
import { type Circumstances, digestOf, lastDate, makeRecording } from '../lessons/recording.ts';
import type { Lesson, Results } from '../lessons/lesson.ts';
import { readArguments, UsageError } from './arguments.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { experiment, type ExperimentOptions, runsFolder, sayStopped } from './experiment.ts';
import { duration } from './format.ts';
import { lessonOf } from './lesson.ts';
import { checkWritable, writeWhole } from './files/write.ts';

export const RECORD_USAGE = `record [NAME …] [--runs FOLDER] [--to FOLDER] [--pictures] ${DEVICE_USAGE}`;

const SEED = 1;
/** Of the pictures of a recording, gzipped. */
const MOST_PICTURE_BYTES = 60_000;

export async function record(argv: string[]): Promise<number> {
  const options = {
    runs: { type: 'string' },
    to: { type: 'string' },
    pictures: { type: 'boolean' },
    ...DEVICE_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['[NAME …]']);
  if (values.to === undefined && !existsSync(SOURCES))
    throw new UsageError('--to: must be given where the sources of the lessons are not there');
  const lessons = positionals.length ? positionals.map(lessonOf) : LESSONS;
  const connect = (): Promise<Device> => acquireDevice(values.device);
  const device = await connect();
  for (const lesson of lessons) {
    const folder = values.runs && runsFolder(values.runs, lesson, 'standard', SEED);
    const kept = { folder, reconnect: connect };
    const files = filesOf(lesson, values.to);
    if (!(await recordLesson(device, lesson, kept, files, values.pictures ?? false)))
      return sayStopped(folder);
  }
  return 0;
}

const SOURCES = join(import.meta.dirname, '../lessons');

interface Files {
  recording: string;
  pictures: string;
}

/** Where a recording goes: beside its lesson, or into a folder of folders. */
const filesOf = ({ name }: Lesson, folder = SOURCES): Files => ({
  recording: join(folder, name, 'recording.json'),
  pictures: join(folder, name, 'pictures.json'),
});

/** The pictures of the runs, in a file of their own: a page loads them when they are looked at. */
function recordPictures(lesson: Lesson, results: Results, about: Circumstances, file: string): void {
  const inside = insideOf(lesson);
  if (!inside) return;
  const { size, seed, device, date } = about;
  const recorded = { lesson: lesson.name, size, seed, device, date, digest: digestOf(results) };
  const text = JSON.stringify(makePictures(inside, results, recorded));
  const bytes = gzipSync(text).length;
  if (bytes > MOST_PICTURE_BYTES) {
    throw new Error(
      `The pictures of ${lesson.name} have ${bytes} bytes, gzipped; at most ${MOST_PICTURE_BYTES} are allowed.`,
    );
  }
  writeWhole(file, `${text}\n`);
  console.log(`${lesson.name}: pictures of ${bytes} bytes, gzipped`);
}

async function recordLesson(
  device: Device,
  lesson: Lesson,
  options: ExperimentOptions,
  files: Files,
  picturesAlone: boolean,
): Promise<boolean> {
  checkWritable(files.recording);
  const done = await experiment(device, lesson, 'standard', SEED, options);
  if (!done) return false;
  const about: Circumstances = {
    size: 'standard',
    seed: SEED,
    device: done.device,
    date: lastDate(done.results),
    seconds: done.gpuSeconds,
  };
  recordPictures(lesson, done.results, about, files.pictures);
  if (picturesAlone) return true;
  const recording = makeRecording(lesson, done.results, about);
  const text = JSON.stringify({
    ...recording,
    firstLosses: firstLosses(done.results.runs, recording.specs),
  });
  if (text.length > MOST_BYTES) {
    throw new Error(
      `The recording of ${lesson.name} has ${text.length} bytes; at most ${MOST_BYTES} are allowed.`,
    );
  }
  writeWhole(files.recording, `${text}\n`);
  console.log(
    `${lesson.name}: ${recording.findings.verdict.outcome}, ${text.length} bytes, ${duration(done.gpuSeconds)}`,
  );
  return true;
}
