/** `lesson`: trains a lesson's experiment and gives its verdict. */
import type { Device } from '../gpu/device.ts';
import type { KeptRun } from '../findings/kept-run.ts';
import { runsText } from '../files/formats.ts';
import { changed, type Changes } from '../lessons/changes.ts';
import { lastDate, makeRecording } from '../lessons/recording.ts';
import { SEED } from '../lessons/seed.ts';
import { judge } from '../lessons/judge.ts';
import { findLesson, LESSONS } from '../lessons/index.ts';
import {
  SIZES,
  type Findings,
  type Lesson,
  type PlannedItem,
  type Size,
  type Table,
} from '../lessons/lesson.ts';
import { TITLES } from '../lessons/path.ts';
import { parseSpec } from '../training/spec/spec.ts';
import { experiment, type Experiment, sayStopped } from './experiment.ts';
import { readArguments, readAssignment, UsageError, wholeNumber } from './arguments.ts';
import { chart } from './chart.ts';
import { CORES_OPTION, CORES_USAGE, crewSource } from './crew.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { checkWritable, writeWhole } from './files/write.ts';
import { duration } from './format.ts';

export const LESSON_USAGE = `lesson NAME [--size ${SIZES.join('|')}] [--seed N] [--set path=value …] [--out FOLDER] [--save FILE.json] ${DEVICE_USAGE} ${CORES_USAGE} [--json]`;

export async function lesson(argv: string[]): Promise<number> {
  const options = {
    size: { type: 'string' },
    seed: { type: 'string' },
    set: { type: 'string', multiple: true },
    out: { type: 'string' },
    save: { type: 'string' },
    json: { type: 'boolean' },
    ...DEVICE_OPTION,
    ...CORES_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['NAME']);
  const found = lessonOf(positionals[0]!);
  const size = sizeOf(values.size);
  const seed = values.seed === undefined ? 1 : wholeNumber('seed', values.seed, 0, 0xffffffff);
  const changes = changesOf(values.set ?? []);
  if (values.save !== undefined) checkWritable(values.save);
  const same = alike(changed(found.plan(size, seed), changes));
  if (same.length) {
    console.error(
      `What --set changes leaves no difference between these runs: ${same.map((keys) => keys.join(' and ')).join('; ')}.`,
    );
  }
  const connect = (): Promise<Device> => acquireDevice(values.device);
  const crew = crewSource(values.cores);
  const done = await experiment(await connect(), found, size, seed, {
    changes,
    reconnect: connect,
    crew,
    ...(values.out !== undefined && { folder: values.out }),
  });
  await crew.end();
  if (!done) return sayStopped(values.out);
  if (values.save !== undefined) {
    writeWhole(values.save, runsText([keptLesson(found, size, seed, changes, done)]));
  }
  const findings = judge(found, done.results, size);
  console.log(
    values.json
      ? JSON.stringify(report(found, size, seed, changes, done, findings))
      : describe(found, done, findings),
  );
  return 0;
}

/** The experiment as the page of the lesson keeps it. */
function keptLesson(
  lesson: Lesson,
  size: Size,
  seed: number,
  changes: Changes,
  { results, device, gpuSeconds }: Experiment,
): KeptRun {
  const plan = (): PlannedItem[] => changed(lesson.plan(size, seed), changes);
  const recording = makeRecording({ ...lesson, plan }, results, {
    size,
    seed,
    device,
    date: lastDate(results),
    seconds: Number(gpuSeconds.toPrecision(3)),
  });
  return { ...recording, name: `${lesson.name} · ${size}`, changes: { size, ...changes }, prediction: {} };
}

/** @throws UsageError */
export function lessonOf(name: string): Lesson {
  const found = findLesson(name);
  if (found) return found;
  throw new UsageError(
    `there is no lesson "${name}"; lessons are ${LESSONS.map(({ name }) => name).join(', ')}`,
  );
}

export function sizeOf(text = 'standard'): Size {
  const size = SIZES.find((size) => size === text);
  if (!size) throw new UsageError(`--size: must be one of ${SIZES.join(', ')}, not "${text}"`);
  return size;
}

/** Settings that differ from the lesson's own, as its presets give them. @throws UsageError */
function changesOf(assignments: readonly string[]): Changes {
  const changes = Object.fromEntries(assignments.map(readAssignment));
  if (SEED in changes) throw new UsageError('--set: the seed has an option of its own, --seed');
  return changes;
}

/** The keys of runs that are the same: what distinguished them was set to one value. @throws SchemaError */
export function alike(plan: readonly PlannedItem[]): string[][] {
  const keys = new Map<string, string[]>();
  for (const item of plan) {
    if (!('spec' in item)) continue;
    const work = JSON.stringify([parseSpec(item.spec), item.from]);
    keys.set(work, [...(keys.get(work) ?? []), item.key]);
  }
  return [...keys.values()].filter(({ length }) => length > 1);
}

/** For programs: texts in English, tables as lists of rows by column. */
function report(
  { name }: Lesson,
  size: Size,
  seed: number,
  changes: Changes,
  { device, seconds, gpuSeconds }: Experiment,
  { tables, fits, verdict }: Findings,
): unknown {
  const { title, sentence, refutedBy, ...rest } = verdict;
  return {
    lesson: name,
    size,
    seed,
    ...(Object.keys(changes).length > 0 && { changes }),
    device,
    tables: Object.fromEntries(tables.map((table) => [table.name, records(table)])),
    fits,
    verdict: { ...rest, ...(title && { title: title.en }), sentence: sentence.en, refutedBy: refutedBy.en },
    seconds,
    gpuSeconds,
  };
}

function records({ columns, rows }: Table): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ key }, i) => [key, row[i]])));
}

function describe({ name }: Lesson, { device, seconds }: Experiment, findings: Findings): string {
  const { verdict } = findings;
  return [
    `${TITLES[name]!.en}, on ${device}, in ${duration(seconds)}`,
    ...findings.tables.map(tableText),
    ...findings.figures.slice(0, 1).map(chart),
    `${verdict.title?.en ?? OUTCOME[verdict.outcome]}: ${verdict.sentence.en}\nIt would have been refuted by: ${verdict.refutedBy.en}`,
  ].join('\n\n');
}

const OUTCOME = {
  holds: 'The claim holds',
  'does-not-hold': 'The claim does not hold',
  'not-enough-evidence': 'Not enough evidence',
};

function tableText({ title, columns, rows }: Table): string {
  const cells = [columns.map(({ title }) => title.en), ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  return [
    title.en,
    ...cells.map((row) => `  ${row.map((cell, i) => cell.padStart(widths[i]!)).join('  ')}`),
  ].join('\n');
}

function cellText(value: number | string | null): string {
  if (value === null) return '–';
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
}
