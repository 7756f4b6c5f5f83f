/** `sweep`: runs a sweep into a folder, as often interrupted as need be; `merge`: joins the folders of its shards. */
import { join } from 'node:path';
import type { CrewSource } from '../crew/source.ts';
import type { Device } from '../gpu/device.ts';
import { estimatePlan } from '../training/spec/estimate.ts';
import { runPlan } from '../training/plan/plan.ts';
import { SchemaError } from '../schema.ts';
import { cut } from '../show.ts';
import type { RunResult } from '../training/results/result.ts';
import { sweepTable, toCSV, type SweepTable } from '../training/spec/sweep-table.ts';
import { flopsOf } from '../training/spec/flops.ts';
import {
  expandSweep,
  parseSweep,
  shapeFirst,
  shard,
  type PlannedRun,
  type Sweep,
} from '../training/spec/sweep.ts';
import { readArguments, UsageError } from './arguments.ts';
import { CORES_OPTION, CORES_USAGE, crewSource } from './crew.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { digestOf } from './digest.ts';
import { duration, quantity } from './format.ts';
import { readJson } from './json.ts';
import { ProgressBar, sayWaiting } from './progress.ts';
import { claimSweep, sweepOf } from './claim.ts';
import { readText } from './files/read.ts';
import { checkWritable, FileError, writeWhole } from './files/write.ts';
import { checkResultRoom } from './result-room.ts';
import { readShard } from './shard.ts';
import { saveEveryMs, stopCode, stopSignal } from './stopping.ts';
import { FileStore } from './store.ts';

export const SWEEP_USAGE = `sweep SWEEP.json --out FOLDER [--shard i/n|auto] [--estimate] ${DEVICE_USAGE} ${CORES_USAGE} [--json]`;
export const MERGE_USAGE = 'merge FOLDER … --out TABLE.csv [--partial] [--json]';

export async function sweep(argv: string[]): Promise<number> {
  const options = {
    out: { type: 'string' },
    shard: { type: 'string' },
    estimate: { type: 'boolean' },
    json: { type: 'boolean' },
    ...DEVICE_OPTION,
    ...CORES_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['SWEEP.json']);
  const { given, all } = readSweep(positionals[0]!);
  const part = values.shard === undefined ? undefined : readShard(values.shard);
  if (part?.from !== undefined) console.error(`Part ${part.index} of ${part.of}, as ${part.from} says.`);
  const mine = shapeFirst(part ? shard(all, part.index, part.of) : all);

  const crew = crewSource(values.cores);
  if (values.estimate) {
    const device = await acquireDevice(values.device);
    const estimate = await estimatePlan(device, mine, { cores: crew.sizeOn(device) });
    console.log(
      values.json
        ? JSON.stringify(estimate)
        : `${estimate.runs} runs, ${quantity(estimate.flops, 'FLOP')}, about ${duration(estimate.seconds)} on this device, up to ${quantity(estimate.gpuBytes, 'B')} of its memory.`,
    );
    return 0;
  }
  if (values.out === undefined) throw new UsageError('--out: name the folder that the results go to');
  for (const { spec } of mine) checkResultRoom(spec);
  await claimSweep(values.out, given);
  const connect = (): Promise<Device> => acquireDevice(values.device);
  const { results, trained } = await runAll(connect, mine, new FileStore(join(values.out, 'runs')), crew);
  if (results.size < mine.length) {
    console.error(
      `Stopped with ${results.size} of ${mine.length} runs done; the same command goes on from here.`,
    );
    return stopCode();
  }
  const table = sweepTable(all, results);
  const isWritten =
    values.shard !== undefined || writeTable(join(values.out, 'table.csv'), table, trained > 0);
  if (values.json) console.log(JSON.stringify(table));
  else console.log(isWritten ? `${table.rows.length} rows in ${values.out}.` : toCSV(table).trimEnd());
  return 0;
}

/** @throws UsageError, SchemaError: each names the file */
function readSweep(file: string): { given: Sweep; all: PlannedRun[] } {
  const input = readJson(file, 'a sweep');
  try {
    const given = parseSweep(input);
    return { given, all: expandSweep(given) };
  } catch (error) {
    throw error instanceof SchemaError ? new SchemaError(`"${cut(file, 200)}": ${error.message}`) : error;
  }
}

/**
 * @param isNew whether anything was trained; else a folder that takes no file, as it was put away, is no error
 * @returns whether the file holds the table now
 * @throws FileError
 */
function writeTable(path: string, table: SweepTable, isNew: boolean): boolean {
  const text = toCSV(table);
  if (readText(path) === text) return true;
  try {
    writeWhole(path, text);
    return true;
  } catch (error) {
    if (isNew || !(error instanceof FileError)) throw error;
    console.error(error.message);
    return false;
  }
}

export async function merge(argv: string[]): Promise<number> {
  const options = {
    out: { type: 'string' },
    partial: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(argv, options, ['FOLDER …']);
  const runs = expandSweep(commonSweep(positionals));
  if (values.out !== undefined) checkWritable(values.out);
  const results = await collect(runs, positionals);
  const missing = runs.filter(({ id }) => !results.has(id));
  if (missing.length && !values.partial) {
    const some = missing.slice(0, 3).map(({ values }) => JSON.stringify(values));
    throw new UsageError(
      `${missing.length} of ${runs.length} runs are missing, ${some.join(', ')}${missing.length > 3 ? ' …' : ''}; --partial leaves them out`,
    );
  }
  const table = sweepTable(runs, results);
  if (values.out !== undefined) writeWhole(values.out, toCSV(table));
  console.log(summary(values.json ?? false, table, values.out));
  return 0;
}

/** The sweep of which all folders hold a part. @throws UsageError */
function commonSweep(folders: readonly string[]): Sweep {
  const sweeps = folders.map((folder) => ({ folder, sweep: sweepOf(folder) }));
  const [first, ...others] = sweeps.filter(({ sweep }) => sweep !== undefined);
  if (!first) throw new UsageError(`no sweep.json that is whole in ${folders.join(', ')}`);
  const other = others.find(({ sweep }) => JSON.stringify(sweep) !== JSON.stringify(first.sweep));
  if (other) throw new UsageError(`${other.folder} holds another sweep than ${first.folder}`);
  return first.sweep!;
}

/** The runs of all folders, which are left as they are. Where two hold one run, that of the first counts. */
async function collect(
  runs: readonly PlannedRun[],
  folders: readonly string[],
): Promise<Map<string, RunResult>> {
  const results = new Map<string, RunResult>();
  const first = new Map<string, { folder: string; digest: string }>();
  for (const folder of folders) {
    const store = new FileStore(join(folder, 'runs'), { setsAside: false });
    for (const run of runs) {
      const result = await store.load(run);
      if (!result) continue;
      const own = { folder, digest: digestOf(result) };
      const before = first.get(run.id) ?? own;
      first.set(run.id, before);
      if (before.digest !== own.digest) {
        console.error(
          `${before.folder} (${results.get(run.id)!.device}) and ${folder} (${result.device}) disagree on the run ${run.id}, ${JSON.stringify(run.values)}; that of ${before.folder} counts.`,
        );
      }
      // Of the losses the table has none.
      if (before === own) results.set(run.id, { ...result, losses: { first: 0, values: [] } });
    }
  }
  return results;
}

function summary(json: boolean, table: SweepTable, out: string | undefined): string {
  if (json) return JSON.stringify(table);
  return out === undefined ? toCSV(table).trimEnd() : `${table.rows.length} rows in ${out}.`;
}

async function runAll(
  connect: () => Promise<Device>,
  runs: readonly PlannedRun[],
  store: FileStore,
  crew: CrewSource,
): Promise<{ results: Map<string, RunResult>; trained: number }> {
  const bar = new ProgressBar();
  const cost = new Map(runs.map((run) => [run.id, flopsOf(run.spec) * run.spec.replicas]));
  const total = [...cost.values()].reduce((sum, flops) => sum + flops, 0);
  let [done, finished, trained] = [0, 0, 0];
  /** of each run under way */
  const shares = new Map<string, number>();
  const close = ({ id }: PlannedRun): void => {
    shares.delete(id);
    done += cost.get(id)!;
    finished++;
  };
  const results = await runPlan(await connect(), runs, {
    store,
    signal: stopSignal(),
    reconnect: connect,
    crew: (device) => crew.on(device),
    saveEveryMs: saveEveryMs(),
    onRun: (run, state) => {
      if (state === 'found') close(run);
      if (state === 'waits') sayWaiting(JSON.stringify(run.values));
    },
    onResult: (run) => {
      trained++;
      close(run);
    },
    onEvent: (run, event) => {
      if (event.kind !== 'speed') return;
      shares.set(run.id, (event.step / run.spec.steps) * cost.get(run.id)!);
      const now = [...shares.values()].reduce((sum, share) => sum + share, done);
      const text = `run ${finished + 1} of ${runs.length} · ${event.gflops.toFixed(1)} GFLOP/s · ${JSON.stringify(run.values)}`;
      bar.show(now / total, text);
    },
  });
  bar.clear();
  await crew.end();
  return { results, trained };
}
