/** This engine, jax-js, TensorFlow.js and the floor in one table (README.md). */
import { parseArgs } from 'node:util';
import { compare, type Comparison } from '../src/bench/compare.ts';
import { measureRates } from '../src/bench/floor.ts';
import { acquireTuned, chosen, prepareGPU } from '../src/cli/bench/setup.ts';
import { comparisonTable, ratesLine } from '../src/cli/bench/table.ts';
import { loadPeers } from './peers.ts';

export async function main(argv: string[]): Promise<number> {
  const { workloads, seconds, json } = read(argv);
  const say = (line: string): void => {
    if (!json) console.log(line);
  };
  const { gpu, calls } = prepareGPU();
  const device = await acquireTuned(gpu);
  const rates = await measureRates(device);
  say(`${device.name}\n${ratesLine(rates)}`);
  const peers = await loadPeers(gpu);
  const comparisons: Comparison[] = [];
  for (const workload of workloads) {
    say(`${workload.name}: ${workload.description}`);
    comparisons.push(await compare(workload, device, peers, calls, rates, 1000 * seconds));
  }
  const failures = comparisons.flatMap(({ workload, failures }) =>
    failures.map(({ engine, message }) => `${workload}, ${engine}: ${message}`),
  );
  say(['', comparisonTable(comparisons), ...failures].join('\n'));
  const date = new Date().toISOString();
  if (json) console.log(JSON.stringify({ adapter: device.name, date, rates, comparisons }, null, 2));
  return failures.length > 0 ? 1 : 0;
}

/** @throws Error that names the flag and what is allowed */
function read(argv: string[]) {
  const { values } = parseArgs({
    args: argv,
    options: {
      workload: { type: 'string', multiple: true },
      seconds: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new Error(`--seconds: must be above 0 and at most 3600, not "${values.seconds}"`);
  }
  return { workloads: chosen(values.workload), seconds, json: values.json };
}
