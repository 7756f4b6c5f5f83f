/**
 * `record`: runs lessons and writes the recordings that ship with them, or others into a folder; at standard size with
 * pictures of the inside in a file of their own (`--pictures`: that file alone). Runs that are in a folder already are
 * taken from there.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Device } from '../gpu/device.ts';
import { insideOf, LESSONS } from '../lessons/index.ts';
import { MOST_BYTES } from '../findings/recording.ts';
import { makePictures } from '../lessons/inside.ts';
import { type Circumstances, digestOf, lastDate } from '../lessons/recording.ts';
import type { Lesson, Results, Size } from '../lessons/lesson.ts';
import { readArguments, UsageError } from './arguments.ts';
import { CORES_OPTION, CORES_USAGE, crewSource } from './crew.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { experiment, type ExperimentOptions, runsFolder, sayStopped } from './experiment.ts';
import { duration } from './format.ts';
import { lessonOf } from './lesson.ts';
import { checkWritable, writeWhole } from './files/write.ts';
import { recordedFile, recordingFrom } from './recorded.ts';

/** The sizes of which a lesson has a recording. */
const RECORDED = ['small', 'standard'] as const satisfies readonly Size[];
type RecordedSize = (typeof RECORDED)[number];

export const RECORD_USAGE = `record [NAME …] [--size ${RECORDED.join('|')}] [--runs FOLDER] [--to FOLDER] [--pictures] ${DEVICE_USAGE} ${CORES_USAGE}`;

const SEED = 1;
/** Of the pictures of a recording, gzipped. */
const MOST_PICTURE_BYTES = 60_000;
/** Of a recording's file: it stays in the repository, and what a page loads of it is far less. */
const MOST_FILE_BYTES = 600_000;

export async function record(argv: string[]): Promise<number> {
  const options = {
    size: { type: 'string' },
    runs: { type: 'string' },
    to: { type: 'string' },
    pictures: { type: 'boolean' },
    ...DEVICE_OPTION,
    ...CORES_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['[NAME …]']);
  if (values.to === undefined && !existsSync(SOURCES))
    throw new UsageError('--to: must be given where the sources of the lessons are not there');
  const size = recordedSize(values.size);
  if (values.pictures && size === 'small')
    throw new UsageError('--pictures: only recordings of standard size have them');
  const lessons = positionals.length ? positionals.map(lessonOf) : LESSONS;
  const connect = (): Promise<Device> => acquireDevice(values.device);
  const device = await connect();
  const crew = crewSource(values.cores);
  for (const lesson of lessons) {
    const folder = values.runs && runsFolder(values.runs, lesson, size, SEED);
    const kept = { folder, reconnect: connect, crew };
    const files = filesOf(lesson, size, values.to);
    if (!(await recordLesson(device, lesson, size, kept, files, values.pictures ?? false)))
      return sayStopped(folder);
  }
  await crew.end();
  return 0;
}

function recordedSize(text = 'standard'): RecordedSize {
  const size = RECORDED.find((one) => one === text);
  if (!size) throw new UsageError(`--size: must be one of ${RECORDED.join(', ')}, not "${text}"`);
  return size;
}

const SOURCES = join(import.meta.dirname, '../lessons');

interface Files {
  recording: string;
  pictures: string;
}

/** Where a recording goes: beside its lesson, or into a folder of folders. */
const filesOf = ({ name }: Lesson, size: RecordedSize, folder = SOURCES): Files => ({
  recording: join(folder, name, size === 'small' ? 'recording.small.json' : 'recording.json'),
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
  size: RecordedSize,
  options: ExperimentOptions,
  files: Files,
  picturesAlone: boolean,
): Promise<boolean> {
  checkWritable(files.recording);
  const done = await experiment(device, lesson, size, SEED, options);
  if (!done) return false;
  const about: Circumstances = {
    size,
    seed: SEED,
    device: done.device,
    date: lastDate(done.results),
    seconds: done.gpuSeconds,
  };
  if (size === 'standard') recordPictures(lesson, done.results, about, files.pictures);
  if (picturesAlone) return true;
  const file = recordedFile(lesson, done.results, about);
  const shown = recordingFrom(lesson, file);
  const text = JSON.stringify(file);
  refuseLong(`The recording of ${lesson.name}`, text, MOST_FILE_BYTES);
  refuseLong(`What the page shows of the recording of ${lesson.name}`, JSON.stringify(shown), MOST_BYTES);
  writeWhole(files.recording, `${text}\n`);
  const { outcome } = shown.findings.verdict;
  console.log(`${lesson.name}: ${outcome}, ${text.length} bytes, ${duration(done.gpuSeconds)}`);
  return true;
}

function refuseLong(what: string, text: string, most: number): void {
  if (text.length > most) throw new Error(`${what} has ${text.length} bytes; at most ${most} are allowed.`);
}
