/** `run`: trains one spec and shows or writes what came out. */
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import { ResultRecorder, type RunResult } from '../training/result.ts';
import type { TrainerEvent } from '../training/events.ts';
import { Trainer } from '../training/trainer.ts';
import { readArguments, UsageError } from './arguments.ts';
import { acquireDevice } from './device.ts';
import { duration, quantity } from './format.ts';
import { ProgressBar } from './progress.ts';
import { readCheckpoint } from './checkpoint.ts';
import { readSpec, SPEC_OPTIONS } from './spec.ts';
import { writeWhole } from './store.ts';

export const RUN_USAGE =
  'run SPEC.json | EXPERIMENT [--set path=value …] [--seed N] [--replicas R] [--steps N] [--out run.json] [--checkpoint FILE.safetensors] [--from FILE.safetensors] [--keep FOLDER] [--json]';

export async function run(argv: string[]): Promise<number> {
  const options = {
    ...SPEC_OPTIONS,
    out: { type: 'string' },
    checkpoint: { type: 'string' },
    from: { type: 'string' },
    keep: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(argv, options, ['SPEC.json or an experiment']);
  const spec = readSpec(positionals[0]!, values);
  const from = values.from === undefined ? undefined : readCheckpoint(values.from);
  const { keep, out, checkpoint } = values;
  if (keep !== undefined) mkdirSync(keep, { recursive: true });
  if (out !== undefined) reserve('out', out);
  if (checkpoint !== undefined) reserve('checkpoint', checkpoint);
  const device = await acquireDevice();
  const bar = new ProgressBar();
  const trainer = await Trainer.create(device, spec, {
    onProgress: (done, total) => bar.show(0, `compiling ${done} of ${total} kernels`),
    ...(from && { from }),
  });
  const recorder = new ResultRecorder(trainer);
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  let loss = NaN;
  const outcome = await trainer.run({
    signal: controller.signal,
    onEvent: (event) => {
      recorder.hear(event);
      loss = latestLoss(event) ?? loss;
      if (event.kind === 'speed') bar.show(event.step / spec.steps, speedLine(event, spec.steps, loss));
    },
    ...(keep !== undefined && { onCheckpoint: async (checkpoint) => keepIn(keep, await checkpoint()) }),
  });
  bar.clear();
  const result = recorder.result(outcome);
  console.log(values.json ? JSON.stringify(result) : summary(result));
  if (out !== undefined) writeFileSync(out, JSON.stringify(result));
  if (checkpoint !== undefined) {
    // Of a run that diverged, the last state at which all was finite is worth keeping.
    const kept = outcome === 'diverged' ? trainer.lastGood() : trainer.checkpoint();
    writeFileSync(checkpoint, encodeCheckpoint(await kept));
  }
  trainer.destroy();
  return outcome === 'diverged' ? 1 : 0;
}

/** What cannot be written is found before training, not after it. @throws UsageError */
function reserve(flag: string, file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new UsageError(`--${flag}: "${file}" cannot be written (${(error as Error).message})`);
  }
}

/** One file per evaluation, in the order of the steps by name: `step-00000100.safetensors`. */
function keepIn(folder: string, checkpoint: Checkpoint): void {
  const name = `step-${String(checkpoint.step).padStart(8, '0')}.safetensors`;
  writeWhole(join(folder, name), encodeCheckpoint(checkpoint));
}

function latestLoss(event: TrainerEvent): number | undefined {
  return event.kind === 'losses' ? event.losses.at(-event.replicas) : undefined;
}

function speedLine(event: TrainerEvent & { kind: 'speed' }, steps: number, loss: number): string {
  return [
    `step ${event.step} of ${steps}`,
    `loss ${loss.toFixed(3)}`,
    `${quantity(event.stepsPerSecond)} steps/s`,
    `${quantity(event.tokensPerSecond)} tokens/s`,
    `${event.gflops.toFixed(1)} GFLOP/s`,
    `${duration(event.secondsLeft)} left`,
  ].join(' · ');
}

/** The run in a few lines; metrics are means over the replicas. */
export function summary(result: RunResult): string {
  const { outcome, step, divergedAt, seconds, spec } = result;
  const ending = {
    finished: `finished ${step} steps in ${duration(seconds)}`,
    paused: `stopped at step ${step} of ${spec.steps} after ${duration(seconds)}`,
    diverged: `diverged: the loss was not finite at step ${divergedAt}. A smaller learning rate may help.`,
  }[outcome];
  const last = result.evaluations.at(-1);
  const sets = Object.entries(last?.sets ?? {}).map(([set, records]) => {
    const metrics = Object.keys(records[0]!).map((name) => {
      const mean = records.reduce((sum, record) => sum + record[name]!, 0) / records.length;
      return `${name} ${mean.toFixed(4)}`;
    });
    return `  ${set} at step ${last!.step}: ${metrics.join(', ')}`;
  });
  return [
    `${spec.task.name} on ${result.device}: ${ending}`,
    `  ${quantity(result.parameters)} parameters, ${spec.replicas} replica${spec.replicas > 1 ? 's' : ''}, seed ${spec.seed}`,
    ...sets,
    ...rareLine(result),
    ...(result.floor === undefined ? [] : [`  lowest possible loss: ${result.floor.toFixed(4)}`]),
  ].join('\n');
}

/** Numbers over a text of which much is one rare symbol are those of that symbol. */
function rareLine({ evaluations, spec }: RunResult): string[] {
  const share = evaluations.at(-1)?.sets.validation?.[0]?.rareShare ?? 0;
  if (!(share > 0)) return [];
  const { vocabulary } = spec.task as { vocabulary?: number };
  return [
    `  ${(100 * share).toPrecision(2)}% of the held-out symbols are too rare for a vocabulary of ${vocabulary} and count as one: ` +
      'loss, accuracy and bitsPerSymbol take them as known, the numbers WithoutRare leave them out',
  ];
}
