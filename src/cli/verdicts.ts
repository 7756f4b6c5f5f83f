/** `verdicts`: the lessons' experiments over many seeds, and how often each claim held: the table in docs/log/lessons.md. */
import type { Device } from '../gpu/device.ts';
import { judge } from '../lessons/judge.ts';
import { LESSONS } from '../lessons/index.ts';
import { SIZES, type Lesson, type Verdict } from '../lessons/lesson.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { CORES_OPTION, CORES_USAGE, crewSource } from './crew.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { experiment, runsFolder, sayStopped } from './experiment.ts';
import { duration } from './format.ts';
import { lessonOf, sizeOf } from './lesson.ts';

export const VERDICTS_USAGE = `verdicts [NAME …] [--size ${SIZES.join('|')}] [--seeds N] [--out FOLDER] ${DEVICE_USAGE} ${CORES_USAGE}`;

interface Trial {
  verdict: Verdict;
  seconds: number;
}

/** Replica r may have seed + r: seeds so far apart share no network and no order of examples, up to a hundred replicas. */
const APART = 100;

/** 1, 101, 201, … */
export const seedsApart = (count: number): number[] => Array.from({ length: count }, (_, i) => 1 + APART * i);

/** A row of a Markdown table per lesson. With a folder, what was stopped goes on where it was. */
export async function verdicts(argv: string[]): Promise<number> {
  const options = {
    size: { type: 'string' },
    seeds: { type: 'string' },
    out: { type: 'string' },
    ...DEVICE_OPTION,
    ...CORES_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['[NAME …]']);
  const lessons = positionals.length ? positionals.map(lessonOf) : LESSONS;
  const size = sizeOf(values.size);
  const seeds = wholeNumber('seeds', values.seeds ?? '10', 1, 1000);
  const connect = (): Promise<Device> => acquireDevice(values.device);
  const device = await connect();
  const crew = crewSource(values.cores);
  console.log('| lesson | holds | numbers, least to most | time of one |\n| --- | --- | --- | --- |');
  for (const lesson of lessons) {
    const trials: Trial[] = [];
    for (const seed of seedsApart(seeds)) {
      const folder = values.out && runsFolder(values.out, lesson, size, seed);
      const done = await experiment(device, lesson, size, seed, { folder, reconnect: connect, crew });
      if (!done) return sayStopped(folder);
      trials.push({ verdict: judge(lesson, done.results, size).verdict, seconds: done.gpuSeconds });
    }
    console.log(row(lesson, trials));
  }
  await crew.end();
  return 0;
}

function row({ name }: Lesson, trials: readonly Trial[]): string {
  const holds = trials.filter(({ verdict }) => verdict.outcome === 'holds').length;
  const numbers = [...new Set(trials.flatMap(({ verdict }) => Object.keys(verdict.numbers)))].map(
    (key) => `${key} ${range(trials.map(({ verdict }) => verdict.numbers[key] ?? NaN))}`,
  );
  const seconds = trials.reduce((sum, trial) => sum + trial.seconds, 0) / trials.length;
  return `| ${name} | ${holds}/${trials.length} | ${numbers.join(', ')} | ${duration(seconds)} |`;
}

function range(values: readonly number[]): string {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)].map((value) =>
    String(Number(value.toPrecision(3))),
  );
  return known.length === 0 ? '–' : low === high ? low! : `${low} to ${high}`;
}
