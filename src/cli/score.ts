/** `score`: the metrics of kept checkpoints, without training again; on another task's examples if asked for. */
import { parseSpec } from '../training/spec.ts';
import { Trainer } from '../training/trainer.ts';
import { assign, readArguments } from './arguments.ts';
import { readCheckpoint } from './checkpoint.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';

export const SCORE_USAGE = `score CHECKPOINT.safetensors … [--set task.option=value …] ${DEVICE_USAGE}`;

/** Prints a line of JSON per file: { file, step, sets: { set: [{ metric: value }] } }, one record per replica. */
export async function score(argv: string[]): Promise<number> {
  const options = { set: { type: 'string', multiple: true }, ...DEVICE_OPTION } as const;
  const { values, positionals } = readArguments(argv, options, ['CHECKPOINT.safetensors …']);
  const checkpoints = positionals.map((file) => ({ file, checkpoint: readCheckpoint(file) }));
  const device = await acquireDevice(values.device);
  let built: { key: string; trainer: Trainer } | undefined;
  for (const { file, checkpoint } of checkpoints) {
    let input: Record<string, unknown> = checkpoint.spec;
    for (const assignment of values.set ?? []) input = assign(input, assignment);
    const spec = parseSpec(input);
    // Checkpoints of one run follow one another: they share a trainer.
    const key = JSON.stringify(spec);
    if (built?.key !== key) {
      built?.trainer.destroy();
      built = { key, trainer: await Trainer.create(device, spec) };
    }
    built.trainer.restore(checkpoint);
    const { step, sets } = await built.trainer.evaluate();
    console.log(JSON.stringify({ file, step, sets }));
  }
  built?.trainer.destroy();
  return 0;
}
