/**
 * `npm run fuzz -- [--minutes M | --inputs N] [--target NAME] [--seed S] [--input I]`: fuzzes every entrance, or one;
 * one accepted input in a thousand is trained for three steps on the CPU. `--input` repeats one input of a seed.
 */
import { parseArgs } from 'node:util';
import { Device } from '../../src/gpu/device.ts';
import { describe, fuzz } from './harness.ts';
import { allTargets } from './targets.ts';

export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      minutes: { type: 'string' },
      inputs: { type: 'string' },
      target: { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
      input: { type: 'string' },
    },
  });
  let acquired: Promise<Device> | undefined;
  const all = allTargets(() => (acquired ??= Device.cpu()));
  const targets = all.filter(({ name }) => values.target?.includes(name) ?? true);
  if (!targets.length) {
    console.error(`Targets are ${all.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  const replayed = values.input === undefined ? undefined : Number(values.input);
  let faults = 0;
  for (const target of targets) {
    const report = await fuzz(target, {
      seed: Number(values.seed),
      ...(replayed !== undefined && { first: replayed }),
      inputs:
        replayed !== undefined
          ? 1
          : values.inputs === undefined
            ? minutes === undefined
              ? 100_000
              : Infinity
            : Number(values.inputs),
      ...(minutes !== undefined && { within: (minutes * 60_000) / targets.length }),
      trainOneIn: 1000,
    });
    console.log(describe(report));
    faults += report.faults.length;
  }
  return faults ? 1 : 0;
}
