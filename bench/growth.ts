/** How time and memory of a training step grow with width, depth, context, batch and replicas (bench/README.md). */
import { readArguments, UsageError, wholeNumber } from '../src/cli/arguments.ts';
import { acquireTuned, prepareGPU } from '../src/cli/bench/setup.ts';
import { growthAxes, SIZES, type GrowthAxis, type GrowthSize } from './growth/axes.ts';
import { measureAxis, type Growth } from './growth/measure.ts';
import { growthTable, replicaChart } from './growth/table.ts';

const USAGE = `npm run bench:growth -- [--size ${SIZES.join('|')}] [--axis NAME …] [--seconds N] [--json]`;

export async function main(argv: string[]): Promise<number> {
  try {
    await growth(readGrowthArguments(argv));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
}

export interface GrowthArguments {
  axes: readonly GrowthAxis[];
  size: GrowthSize;
  /** of timing, per axis */
  seconds: number;
  json: boolean;
}

/** @throws UsageError that names the flag and what it may be */
export function readGrowthArguments(argv: string[]): GrowthArguments {
  const { values } = readArguments(argv, {
    size: { type: 'string', default: 'standard' },
    axis: { type: 'string', multiple: true },
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  });
  const size = SIZES.find((name) => name === values.size);
  if (!size) throw new UsageError(`--size: must be one of ${SIZES.join(', ')}, not "${values.size}"`);
  const all = growthAxes(size);
  const axes = (values.axis ?? all.map(({ name }) => name)).map((name) => {
    const axis = all.find((candidate) => candidate.name === name);
    if (axis) return axis;
    const known = all.map((candidate) => candidate.name).join(', ');
    throw new UsageError(`--axis: must be one of ${known}, not "${name}"`);
  });
  return { axes, size, seconds: wholeNumber('seconds', values.seconds, 1, 3600), json: values.json };
}

async function growth({ axes, size, seconds, json }: GrowthArguments): Promise<void> {
  const { gpu } = prepareGPU();
  const device = await acquireTuned(gpu);
  const growths: Growth[] = [];
  if (!json) console.log(`${device.name}, size ${size}\n`);
  for (const axis of axes) {
    const measured = await measureAxis(device, axis, 1000 * seconds);
    growths.push(measured);
    if (json) continue;
    console.log(`${growthTable(measured)}\n`);
    if (axis.name === 'replicas') console.log(`${replicaChart(measured)}\n`);
  }
  const date = new Date().toISOString();
  if (json) console.log(JSON.stringify({ adapter: device.name, date, size, growths }, null, 2));
}
