/** A small MLP's step, dispatch by dispatch and by the persistent kernel: from which size on which is faster. */
import { prepareGPU } from '../src/cli/bench/setup.ts';
import { median } from '../src/bench/measure.ts';
import { align, ms } from '../src/cli/bench/table.ts';
import { TrainingSubject } from '../src/bench/training.ts';
import { parseSpec } from '../src/training/spec/spec.ts';
import { normals } from '../src/training/measuring/kernel-alone.ts';
import { Device } from '../src/gpu/device.ts';

const POOL = 2048;
const ROUNDS = 5;
const ROUND_MS = 30;

/** `node bench/start.mjs persistent-mlp 8,64 1,2 16,64 1,8`: widths, hidden layers, batches, replicas. */
export async function main(argv: string[]): Promise<number> {
  const given = argv.map((list) => list.split(',').map(Number));
  const [widths = [8, 16, 32, 64, 128], depths = [1, 2, 3], batches = [16, 64, 256], replicas = [1, 8, 64]] =
    given;
  const device = await Device.acquire(prepareGPU().gpu);
  const lines: string[][] = [];
  for (const width of widths)
    for (const depth of depths)
      for (const batch of batches)
        for (const count of replicas) {
          const ordinary = await measure(device, width, depth, batch, count, false);
          const one = await measure(device, width, depth, batch, count, true);
          const line = [`2-${`${width}-`.repeat(depth)}1`, `B ${batch}`, `R ${count}`, ms(ordinary!)];
          lines.push([...line, ...(one ? [ms(one), `${(ordinary! / one).toFixed(2)}×`] : ['–', '–'])]);
          console.error(lines.at(-1)!.join('  '));
        }
  console.log(`${device.name}, ms per step`);
  console.log(align([['model', 'batch', 'replicas', 'dispatches', 'persistent', 'gain'], ...lines]));
  return 0;
}

/** Median of the milliseconds per step; undefined where the persistent kernel fits into no workgroup. */
async function measure(
  device: Device,
  width: number,
  depth: number,
  batch: number,
  replicas: number,
  persistent: boolean,
): Promise<number | undefined> {
  const spec = parseSpec({
    task: { name: 'shapes' },
    model: { kind: 'mlp', hidden: Array.from({ length: depth }, () => width), activation: 'relu' },
    batch,
    replicas,
    steps: 1e7,
  });
  const shape = { inputs: { kind: 'vectors', width: 2 }, targets: { kind: 'values', width: 1 } } as const;
  const inputs = normals(POOL * 2, 1);
  const targets = normals(POOL, 2);
  const data = { rows: POOL, inputs, inputWidth: 2, targets, targetWidth: 1 };
  const subject = await TrainingSubject.build(device, { spec, shape, data }, persistent);
  try {
    if (persistent && subject.dispatches.length > 1) return undefined;
    await subject.run(1);
    let steps = 1;
    const times: number[] = [];
    while (times.length < ROUNDS) {
      const started = performance.now();
      await subject.run(steps);
      const took = performance.now() - started;
      if (took < ROUND_MS / 2 && steps < 256) steps *= 2;
      else times.push(took / steps);
    }
    return median(times);
  } finally {
    subject.destroy();
  }
}
