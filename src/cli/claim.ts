/** Folders of results belong to one sweep, or to one experiment: a file in them says to which. */
import { dirname, join } from 'node:path';
import { describeDifferences, differences } from '../training/spec/identity.ts';
import { SchemaError } from '../schema.ts';
import { parseSweep, type PlannedRun, type Sweep } from '../training/spec/sweep.ts';
import { UsageError } from './arguments.ts';
import { DamagedError } from './files/damaged.ts';
import { reserveFiles } from './files/lease.ts';
import { noteLeftovers } from './files/leftovers.ts';
import { readSealed, sealed } from './files/sealed.ts';
import { setAside } from './files/set-aside.ts';
import { makeFolder, writeWhole } from './files/write.ts';
import { FileStore } from './store.ts';

const SWEEP = 'sweep.json';
const EXPERIMENT = 'experiment.json';

/** What an experiment's runs are of: their keys say nothing of it. */
export interface ExperimentName {
  lesson: string;
  size: string;
  seed: number;
  changes: Readonly<Record<string, unknown>>;
}

/**
 * Makes the folder the sweep's own.
 * @throws UsageError when another sweep lives there; FileError
 */
export async function claimSweep(folder: string, given: Sweep): Promise<void> {
  const found = await claim(join(folder, SWEEP), given, parseSweep);
  if (JSON.stringify(found) === JSON.stringify(given)) return;
  throw new UsageError(
    `--out: ${folder} holds another sweep; name an empty folder, or the one that this sweep began in`,
  );
}

/**
 * The sweep of a folder, which is left as it is; nothing, and a line that says so, where its file is damaged.
 * @throws UsageError where there is none
 */
export function sweepOf(folder: string): Sweep | undefined {
  const path = join(folder, SWEEP);
  try {
    const found = readSealed(path);
    if (found === undefined) throw new UsageError(`"${path}" cannot be read; it should hold a sweep`);
    return parseSweep(found);
  } catch (error) {
    if (!isDamage(error)) throw error;
    console.error(`"${path}" does not count, because ${reason(error)}.`);
    return undefined;
  }
}

/**
 * Makes the folder the experiment's own.
 * @throws UsageError when runs of another one live there; FileError
 */
export async function claimExperiment(
  folder: string,
  own: ExperimentName,
  plan: readonly PlannedRun[],
): Promise<void> {
  const refuse = (which: string): never => {
    throw new UsageError(
      `--out: ${folder} holds runs of another seed, size or setting (${which}); name an empty folder, or the one that this experiment began in`,
    );
  };
  const path = join(folder, EXPERIMENT);
  // Folders of older versions have no such file.
  if (readSealedIfWhole(path) === undefined) {
    const other = await otherRun(folder, plan);
    if (other) refuse(other);
  }
  const found = await claim(path, own, experimentName);
  const different = differences(found, own);
  if (different.length) refuse(describeDifferences(different));
}

/** The experiment of a folder, which is left as it is. @throws UsageError where its file is damaged */
export function experimentOf(folder: string): ExperimentName {
  const path = join(folder, EXPERIMENT);
  try {
    return experimentName(readSealed(path));
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new UsageError(`"${path}" does not say what its runs are of: ${reason(error)}`);
  }
}

/** @returns what the folder is of, now that it is of something */
async function claim<T extends object>(path: string, own: T, parse: (value: unknown) => T): Promise<T> {
  const read = (): T | undefined => {
    try {
      const found = readSealed(path);
      return found === undefined ? undefined : parse(found);
    } catch (error) {
      if (!isDamage(error)) throw error;
      console.error(setAside(path, reason(error)));
      return undefined;
    }
  };
  noteLeftovers(dirname(path), true);
  const found = read();
  if (found) return found;
  makeFolder(dirname(path));
  // Of two that begin at once one writes, the other reads.
  const leases = await reserveFiles([path]);
  try {
    const other = read();
    if (!other) writeWhole(path, sealed(own));
    return other ?? own;
  } finally {
    for (const lease of leases) await lease.release();
  }
}

/** Why a run that is kept there is none of this plan. */
async function otherRun(folder: string, plan: readonly PlannedRun[]): Promise<string | undefined> {
  let first: string | undefined;
  const warn = (message: string): void => {
    if (message.includes("another run's")) first ??= message;
  };
  const store = new FileStore(folder, { setsAside: false, warn });
  for (const run of plan) {
    if (!(await store.load(run))) await store.loadPart(run);
  }
  return first?.replace(/\.$/, '');
}

function readSealedIfWhole(path: string): unknown {
  try {
    return readSealed(path);
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

function experimentName(value: unknown): ExperimentName {
  const { lesson, size, seed, changes } = value as ExperimentName;
  if (typeof lesson !== 'string' || typeof size !== 'string' || typeof seed !== 'number') {
    throw new DamagedError('it names no experiment');
  }
  return { lesson, size, seed, changes };
}

function isDamage(error: unknown): error is Error {
  return error instanceof DamagedError || error instanceof SchemaError;
}

function reason({ message }: Error): string {
  return message.split('\n')[0]!.replace(/\.$/, '');
}
