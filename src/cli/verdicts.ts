/**
 * `verdicts`: the lessons' experiments over many seeds, and how often each claim held. `--to src/lessons`
 * keeps that beside the lessons (src/lessons/trials.ts), where their texts and a class read it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../gpu/device.ts';
import { judge } from '../lessons/judge.ts';
import { LESSONS } from '../lessons/index.ts';
import { SIZES, type Lesson, type Size, type Verdict } from '../lessons/lesson.ts';
import { lastDate } from '../lessons/recording.ts';
import { planDigest } from './plan-digest.ts';
import { heldIn, type SizeTrials, type Trials } from '../lessons/trials.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { CORES_OPTION, CORES_USAGE, crewSource } from './crew.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { experiment, runsFolder, sayStopped } from './experiment.ts';
import { checkWritable, writeWhole } from './files/write.ts';
import { duration } from './format.ts';
import { lessonOf, sizeOf } from './lesson.ts';

export const VERDICTS_USAGE = `verdicts [NAME …] [--size ${SIZES.join('|')}] [--seeds N] [--out FOLDER] [--to FOLDER] ${DEVICE_USAGE} ${CORES_USAGE}`;

interface Trial {
  seed: number;
  verdict: Verdict;
  seconds: number;
  device: string;
  date: string;
}

/** Of a number that is written. */
const DIGITS = 5;

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
    to: { type: 'string' },
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
    const file = values.to && join(values.to, lesson.name, 'trials.json');
    if (file) checkWritable(file);
    const trials: Trial[] = [];
    for (const seed of seedsApart(seeds)) {
      const folder = values.out && runsFolder(values.out, lesson, size, seed);
      const done = await experiment(device, lesson, size, seed, { folder, reconnect: connect, crew });
      if (!done) return sayStopped(folder);
      const { gpuSeconds: seconds, device: on, results } = done;
      const { verdict } = judge(lesson, results, size);
      trials.push({ seed, verdict, seconds, device: on, date: lastDate(results) });
    }
    console.log(row(lesson, trials));
    if (file) writeTrials(file, size, { plan: planDigest(lesson, size), trials });
  }
  await crew.end();
  return 0;
}

/** What other sizes came to stays in the file. */
function writeTrials(
  file: string,
  size: Size,
  { plan, trials }: { plan: string; trials: readonly Trial[] },
): void {
  const others = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Trials) : {};
  const verdicts = trials.map(({ verdict }) => verdict);
  const numbers = namesOf(trials).map((key): [string, (number | null)[]] => [
    key,
    verdicts.map(({ numbers }) => finite(numbers[key])),
  ]);
  const tried: SizeTrials = {
    plan,
    device: [...new Set(trials.map(({ device }) => device))].join(', '),
    date: trials
      .map(({ date }) => date)
      .toSorted()
      .at(-1)!,
    seeds: trials.map(({ seed }) => seed),
    outcomes: verdicts.map(({ outcome }) => outcome),
    numbers: Object.fromEntries(numbers),
  };
  writeWhole(file, `${JSON.stringify({ ...others, [size]: tried })}\n`);
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;

const namesOf = (trials: readonly Trial[]): string[] => [
  ...new Set(trials.flatMap(({ verdict }) => Object.keys(verdict.numbers))),
];

function row({ name }: Lesson, trials: readonly Trial[]): string {
  const holds = heldIn({ outcomes: trials.map(({ verdict }) => verdict.outcome) });
  const numbers = namesOf(trials).map(
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
