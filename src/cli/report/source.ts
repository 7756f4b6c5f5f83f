/** What a report is about: files and folders of the lab as findings, each with what is known of how it was made. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lessonLine, runLine } from '../../files/command-line.ts';
import { keptFrom, keptRunsOf } from '../../files/kept.ts';
import type { LabFile, SweptRun } from '../../files/lab-file.ts';
import { writtenSpec } from '../../files/written-spec.ts';
import type { Findings, Text } from '../../findings/findings.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import { changed, type Changes } from '../../lessons/changes.ts';
import { judge } from '../../lessons/judge.ts';
import { findLesson } from '../../lessons/index.ts';
import { SEED } from '../../lessons/seed.ts';
import { cut, showSetting } from '../../show.ts';
import type { RunResult } from '../../training/results/result.ts';
import { parseSpec } from '../../training/spec/spec.ts';
import { expandSweep } from '../../training/spec/sweep.ts';
import { UsageError } from '../arguments.ts';
import { experimentOf, sweepOf } from '../claim.ts';
import { factsIfThere } from '../files/write.ts';
import { sizeOf } from '../lesson.ts';
import { FileStore } from '../store.ts';
import { bareName, readLab } from './read.ts';
import { findingsOfSweep } from './swept.ts';

export interface Reported {
  name: string;
  findings: Findings;
  /** of each of its runs, by key */
  specs: Readonly<Record<string, unknown>>;
  /** runs with all of their losses, where they are there */
  results: ReadonlyMap<string, RunResult>;
  device: string;
  /** ISO date */
  date: string;
  /** the command that makes it again */
  line?: string;
  /** what is missing */
  note?: Text;
}

/** @throws UsageError, SchemaError, FileError */
export async function reportedIn(path: string): Promise<Reported[]> {
  if (factsIfThere(path)?.kind !== 'folder') return ofFile(readLab(path), bareName(path));
  const files = readdirSync(path);
  if (files.includes('sweep.json')) return [await ofSweepFolder(path)];
  if (files.includes('experiment.json')) return [await ofLessonFolder(path)];
  const runs = files.filter((file) => /^[^.]+\.json$/.test(file)).sort();
  if (runs.length === 0) {
    throw new UsageError(`"${path}" holds neither a sweep, nor a lesson, nor files of runs (.json)`);
  }
  return runs.flatMap((file) => ofFile(readLab(join(path, file)), bareName(file)));
}

function ofFile(file: LabFile, name: string): Reported[] {
  if (file.kind === 'run') return [ofResult(file.result, name)];
  if (file.kind === 'sweep') return [ofSweep(file.runs, name)];
  return keptRunsOf(file, name).map(ofKept);
}

function ofResult(result: RunResult, name: string): Reported {
  const { findings, device, date } = keptFrom(result, name);
  const line = runLine(writtenSpec(result.spec));
  const { outcome, step, spec } = result;
  return {
    name,
    findings,
    specs: { run: spec },
    results: new Map([['run', result]]),
    device,
    date,
    line,
    ...(outcome === 'paused' && { note: stopped(step, spec.steps) }),
  };
}

const stopped = (step: number, steps: number): Text => ({
  en: `It was stopped at step ${step} of ${steps}.`,
  zh: `训练在第 ${step} 步停下，共 ${steps} 步。`,
});

/** Nothing where all runs are there. */
function partOf(done: number, all: number): { note?: Text } {
  if (done === all) return {};
  return { note: { en: `${done} of ${all} runs are done.`, zh: `${all} 次训练完成了 ${done} 次。` } };
}

function ofKept(run: KeptRun): Reported {
  const { name, findings, specs, device, date } = run;
  return { name, findings, specs, results: new Map(), device, date, ...lineOf(run) };
}

function lineOf({ lesson, size, seed, changes, specs }: KeptRun): { line?: string } {
  const { size: _size, [SEED]: _seed, ...others } = changes as Changes;
  if (findLesson(lesson)) return { line: lessonLine(lesson, size, seed, others) };
  const [spec, ...more] = Object.values(specs);
  return spec && more.length === 0 ? { line: runLine(writtenSpec(parseSpec(spec))) } : {};
}

/** The devices of all runs, and the date of the latest. */
function madeBy(results: ReadonlyMap<string, RunResult>): Pick<Reported, 'device' | 'date'> {
  const all = [...results.values()];
  const dates = all.map(({ date }) => date).sort();
  return { device: [...new Set(all.map(({ device }) => device))].join(', '), date: dates.at(-1) ?? '' };
}

function ofSweep(runs: readonly SweptRun[], name: string, planned = runs.length): Reported {
  const results = new Map(
    runs.map(({ values, result }) => {
      const key = Object.entries(values).map(([path, value]) => `${path} ${showSetting(value)}`);
      return [key.join(', '), result] as const;
    }),
  );
  return {
    name,
    findings: findingsOfSweep(runs),
    specs: Object.fromEntries([...results].map(([key, { spec }]) => [key, spec])),
    results,
    ...madeBy(results),
    ...partOf(runs.length, planned),
  };
}

async function ofSweepFolder(folder: string): Promise<Reported> {
  const sweep = sweepOf(folder);
  if (!sweep)
    throw new UsageError(`"${folder}" has a sweep.json that is damaged: nothing says what its runs are`);
  const plan = expandSweep(sweep);
  const store = new FileStore(join(folder, 'runs'), { setsAside: false });
  const runs: SweptRun[] = [];
  for (const run of plan) {
    const result = await store.load(run);
    if (result) runs.push({ values: run.values, result });
  }
  return ofSweep(runs, bareName(folder), plan.length);
}

async function ofLessonFolder(folder: string): Promise<Reported> {
  const { lesson: name, size, seed, changes } = experimentOf(folder);
  const lesson = findLesson(name);
  if (!lesson)
    throw new UsageError(`"${folder}" is of a lesson "${cut(name, 60)}" that this version does not have`);
  const items = changed(lesson.plan(sizeOf(size), seed), changes);
  const store = new FileStore(folder, { setsAside: false });
  const results = new Map<string, RunResult>();
  const specs: Record<string, unknown> = {};
  for (const item of items) {
    if (!('spec' in item)) continue;
    specs[item.key] = item.spec;
    const result = await store.load({ id: item.key, spec: parseSpec(item.spec) });
    if (result) results.set(item.key, result);
  }
  return {
    name: `${name} · ${size}`,
    findings: judge(lesson, { runs: results, benchmarks: new Map() }, sizeOf(size)),
    specs,
    results,
    ...madeBy(results),
    line: lessonLine(name, size, seed, changes),
    ...partOf(results.size, Object.keys(specs).length),
  };
}
