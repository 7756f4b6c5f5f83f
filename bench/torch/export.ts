/**
 * Writes what PyTorch needs to repeat our workloads: weights, batches, and the first losses of this engine, a JSON file
 * for each in the folder `--out` (README.md).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { batchesOf, weightsOf } from '../../src/bench/peers/peer.ts';
import { TrainingSubject, type TrainingCase } from '../../src/bench/training.ts';
import { mlpCase, tinyMlpCase, transformerCase } from '../../src/bench/workloads.ts';
import { acquireTuned, prepareGPU } from '../../src/cli/bench/setup.ts';
import type { Device } from '../../src/gpu/device.ts';

/** Losses that PyTorch must repeat. */
const CHECKED_STEPS = 5;

const CASES: Record<string, () => TrainingCase> = {
  transformer: transformerCase,
  mlp: mlpCase,
  'tiny-mlp': () => tinyMlpCase(1),
};

/** A workload as JSON: numbers only, so that any program can read it. */
export async function exported(device: Device, name: string, given: TrainingCase) {
  const { spec, shape, data } = given;
  const subject = await TrainingSubject.build(device, given);
  const losses: number[] = [];
  for (let i = 0; i < CHECKED_STEPS; i++) losses.push(await subject.run(1));
  subject.destroy();
  return {
    workload: name,
    adapter: device.name,
    model: spec.model,
    optimizer: spec.optimizer,
    learningRate: spec.learningRate,
    targets: shape.targets.kind,
    batch: spec.batch,
    inputWidth: data.inputWidth,
    targetWidth: data.targetWidth,
    losses,
    weights: Object.fromEntries(
      Object.entries(weightsOf(given)).map(([key, { shape, values }]) => [
        key,
        { shape, values: [...values] },
      ]),
    ),
    batches: batchesOf(given, CHECKED_STEPS).map(({ inputs, targets }) => ({
      inputs: [...inputs],
      targets: [...targets],
    })),
  };
}

export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { out: { type: 'string' } } });
  if (!values.out) throw new Error('--out FOLDER: where the workloads are to be written');
  mkdirSync(values.out, { recursive: true });
  const device = await acquireTuned(prepareGPU().gpu);
  for (const [name, make] of Object.entries(CASES)) {
    const path = join(values.out, `${name}.json`);
    writeFileSync(path, JSON.stringify(await exported(device, name, make())));
    console.log(path);
  }
  return 0;
}
