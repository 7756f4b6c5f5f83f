/** `score`: the metrics of kept checkpoints, without training again; on another task's examples if asked for. */
import { SchemaError } from '../schema.ts';
import { parseSpec } from '../training/spec/spec.ts';
import { Trainer } from '../training/trainer/trainer.ts';
import { assign, readArguments, UsageError } from './arguments.ts';
import { readWeights } from './checkpoint.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';

export const SCORE_USAGE = `score CHECKPOINT.safetensors … [--set task.option=value …] ${DEVICE_USAGE}`;

/** Prints a line of JSON per file: { file, step, sets: { set: [{ metric: value }] } }, one record per replica. */
export async function score(argv: string[]): Promise<number> {
  const options = { set: { type: 'string', multiple: true }, ...DEVICE_OPTION } as const;
  const { values, positionals } = readArguments(argv, options, ['CHECKPOINT.safetensors …']);
  const changes = values.set ?? [];
  const other = changes.find((change) => !change.startsWith('task.'));
  if (other !== undefined) {
    throw new UsageError(
      `--set: ${other}: score takes options of the task, such as task.noise=0.1; the model is the checkpoint's`,
    );
  }
  const files = positionals.map((file) => ({ file, weights: readWeights(file) }));
  const device = await acquireDevice(values.device);
  let built: { key: string; trainer: Trainer } | undefined;
  for (const { file, weights } of files) {
    let input: Record<string, unknown> = weights.spec;
    for (const change of changes) input = assign(input, change);
    const spec = parseSpec(input);
    // Checkpoints of one run follow one another: they share a trainer.
    const key = JSON.stringify(spec);
    if (built?.key !== key) {
      built?.trainer.destroy();
      built = { key, trainer: await Trainer.create(device, spec) };
    }
    try {
      built.trainer.load(weights);
    } catch (error) {
      throw error instanceof SchemaError ? new SchemaError(`${file}: ${error.message}`) : error;
    }
    const { step, sets } = await built.trainer.evaluate();
    console.log(JSON.stringify({ file, step, sets }));
  }
  built?.trainer.destroy();
  return 0;
}
