/** `sweep`: runs a sweep into a folder, as often interrupted as need be; `merge`: joins the folders of its shards. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../gpu/device.ts';
import { estimatePlan } from '../training/estimate.ts';
import { runPlan } from '../training/plan.ts';
import type { RunResult } from '../training/result.ts';
import { sweepTable, toCSV, type SweepTable } from '../training/sweep-table.ts';
import {
  expandSweep,
  parseSweep,
  shapeFirst,
  shard,
  sixND,
  type PlannedRun,
  type Sweep,
} from '../training/sweep.ts';
import { readArguments, UsageError } from './arguments.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { duration, quantity } from './format.ts';
import { readJson } from './json.ts';
import { ProgressBar } from './progress.ts';
import { FileStore, writeWhole } from './store.ts';

export const SWEEP_USAGE = `sweep SWEEP.json --out FOLDER [--shard i/n] [--estimate] ${DEVICE_USAGE} [--json]`;
export const MERGE_USAGE = 'merge FOLDER … --out TABLE.csv [--partial] [--json]';

export async function sweep(argv: string[]): Promise<number> {
  const options = {
    out: { type: 'string' },
    shard: { type: 'string' },
    estimate: { type: 'boolean' },
    json: { type: 'boolean' },
    ...DEVICE_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['SWEEP.json']);
  const given = parseSweep(readJson(positionals[0]!, 'a sweep'));
  const all = expandSweep(given);
  const mine = shapeFirst(values.shard === undefined ? all : shard(all, ...readShard(values.shard)));

  if (values.estimate) {
    const estimate = await estimatePlan(await acquireDevice(values.device), mine);
    console.log(
      values.json
        ? JSON.stringify(estimate)
        : `${estimate.runs} runs, ${quantity(estimate.flops)}FLOP, about ${duration(estimate.seconds)} on this device, up to ${quantity(estimate.gpuBytes)}B of its memory.`,
    );
    return 0;
  }
  if (values.out === undefined) throw new UsageError('--out: name the folder that the results go to');
  claim(values.out, given);
  const device = await acquireDevice(values.device);
  const results = await runAll(device, mine, new FileStore(join(values.out, 'runs')));
  if (results.size < mine.length) {
    console.error(
      `Stopped with ${results.size} of ${mine.length} runs done; the same command goes on from here.`,
    );
    return 130;
  }
  const table = sweepTable(all, results);
  if (values.shard === undefined) writeWhole(join(values.out, 'table.csv'), toCSV(table));
  console.log(values.json ? JSON.stringify(table) : `${table.rows.length} rows in ${values.out}.`);
  return 0;
}

export async function merge(argv: string[]): Promise<number> {
  const options = {
    out: { type: 'string' },
    partial: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(argv, options, ['FOLDER …']);
  const sweeps = positionals.map((folder) => parseSweep(readJson(join(folder, 'sweep.json'), 'a sweep')));
  const [first] = sweeps;
  const other = sweeps.findIndex((given) => JSON.stringify(given) !== JSON.stringify(first));
  if (other > 0) throw new UsageError(`${positionals[other]} holds another sweep than ${positionals[0]}`);

  const runs = expandSweep(first!);
  const results = new Map<string, RunResult>();
  for (const folder of positionals) {
    const store = new FileStore(join(folder, 'runs'));
    for (const run of runs) {
      const result = await store.load(run);
      if (result) results.set(run.id, result);
    }
  }
  const missing = runs.filter(({ id }) => !results.has(id));
  if (missing.length && !values.partial) {
    const some = missing.slice(0, 3).map(({ values }) => JSON.stringify(values));
    throw new UsageError(
      `${missing.length} of ${runs.length} runs are missing, ${some.join(', ')} …; --partial leaves them out`,
    );
  }
  const table = sweepTable(runs, results);
  if (values.out !== undefined) writeWhole(values.out, toCSV(table));
  console.log(summary(values.json ?? false, table, values.out));
  return 0;
}

function summary(json: boolean, table: SweepTable, out: string | undefined): string {
  if (json) return JSON.stringify(table);
  return out === undefined ? toCSV(table).trimEnd() : `${table.rows.length} rows in ${out}.`;
}

/** Makes the folder the sweep's own. @throws UsageError when another sweep lives there */
function claim(folder: string, given: Sweep): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'sweep.json');
  const text = JSON.stringify(given, undefined, 2);
  if (!existsSync(path)) writeWhole(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    throw new UsageError(
      `--out: ${folder} holds another sweep; name an empty folder, or the one that this sweep began in`,
    );
  }
}

async function runAll(
  device: Device,
  runs: readonly PlannedRun[],
  store: FileStore,
): Promise<Map<string, RunResult>> {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const bar = new ProgressBar();
  const cost = new Map(runs.map((run) => [run.id, sixND(run.spec) * run.spec.replicas]));
  const total = [...cost.values()].reduce((sum, flops) => sum + flops, 0);
  let [done, finished] = [0, 0];
  const close = ({ id }: PlannedRun): void => {
    done += cost.get(id)!;
    finished++;
  };
  const results = await runPlan(device, runs, {
    store,
    signal: controller.signal,
    onRun: (run, state) => {
      if (state === 'found') close(run);
    },
    onResult: close,
    onEvent: (run, event) => {
      if (event.kind !== 'speed') return;
      const share = (event.step / run.spec.steps) * cost.get(run.id)!;
      const text = `run ${finished + 1} of ${runs.length} · ${event.gflops.toFixed(1)} GFLOP/s · ${JSON.stringify(run.values)}`;
      bar.show((done + share) / total, text);
    },
  });
  bar.clear();
  return results;
}

/** `2/8` → [2, 8] */
function readShard(text: string): [index: number, of: number] {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!index || !of || index > of) {
    throw new UsageError(`--shard: must be i/n with i from 1 to n, such as 2/8, not "${text}"`);
  }
  return [index, of];
}
