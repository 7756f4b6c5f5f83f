/** `bench`: what a step costs on this machine, and what it would cost at the least (bench/README.md). */
import { difference, type GPUCalls } from '../../bench/counting.ts';
import { floorOf, measureRates, type Rates } from '../../bench/floor.ts';
import { time } from '../../bench/measure.ts';
import type { Workload } from '../../bench/workloads.ts';
import { readArguments } from '../arguments.ts';
import { generationTable, measureGeneration } from './generation.ts';
import { acquireTuned, chosen, prepareGPU } from './setup.ts';
import { ratesLine, table, type Row } from './table.ts';

export const BENCH_USAGE = 'bench [--workload NAME]… [--json]';

/** Steps of one submit in the second measurement. */
const MANY = 20;
const COUNTED_STEPS = 4;

export async function bench(argv: string[]): Promise<number> {
  const { values } = readArguments(argv, {
    workload: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  });
  const workloads = chosen(values.workload);
  const { gpu, calls } = prepareGPU();
  const device = await acquireTuned(gpu);
  const adapter = device.name;
  const say = (line: string): void => {
    if (!values.json) console.log(line);
  };

  say(`${adapter}: measuring`);
  const rates = await measureRates(device);
  device.destroy();
  say(ratesLine(rates));
  const rows: Row[] = [];
  for (const workload of workloads) {
    say(`${workload.name}: ${workload.description}`);
    rows.push(await measure(gpu, calls, workload, rates));
  }
  const date = new Date().toISOString();
  // Only with all workloads: it says nothing of one.
  const generation = values.workload === undefined ? measureGeneration() : [];
  say(`\n${table(rows)}`);
  if (generation.length) say(`\n${generationTable(generation)}`);
  if (values.json) console.log(JSON.stringify({ adapter, date, rates, rows, generation }, null, 2));
  return 0;
}

/** Each workload has a device of its own, so that no kernel is compiled before and no buffer is another's. */
async function measure(gpu: GPU, calls: GPUCalls, workload: Workload, rates: Rates): Promise<Row> {
  const { ours } = workload.prepare();
  const device = await acquireTuned(gpu);
  const empty = calls.now();
  const started = performance.now();
  const subject = await ours(device);
  await subject.run(1);
  const firstMs = performance.now() - started;
  const gpuBytes = difference(empty, calls.now()).bytes;

  await subject.run(1);
  const before = calls.now();
  for (let i = 0; i < COUNTED_STEPS; i++) await subject.run(1);
  const counts = difference(before, calls.now(), COUNTED_STEPS);

  const [msPerStep] = await time([subject], 1, { budgetMs: 3000, least: 5, most: 300 });
  const [msPerStepEvery20] = await time([subject], MANY, { budgetMs: 5000, least: 3, most: 100 });
  const row: Row = {
    workload: workload.name,
    engine: subject.engine,
    msPerStep: msPerStep!,
    msPerStepEvery20: msPerStepEvery20!,
    dispatchesPerStep: counts.dispatches,
    submitsPerStep: counts.submits,
    bindGroupsPerStep: counts.bindGroups,
    buffersPerStep: counts.buffers,
    gpuBytes,
    compileMs: Math.max(0, firstMs - msPerStep!),
    gflops: subject.flops / msPerStepEvery20! / 1e6,
    floor: floorOf(rates, subject, counts.dispatches),
  };
  subject.destroy();
  device.destroy();
  return row;
}
