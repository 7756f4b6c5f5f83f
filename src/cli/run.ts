/** `run`: trains one spec and shows or writes what came out. */
import { basename, dirname, join, resolve } from 'node:path';
import { divergencesOf, meanOfOthers, tellDivergences } from '../replicas.ts';
import { encodeCheckpoint, type Checkpoint, type Weights } from '../training/results/checkpoint.ts';
import { describeDifferences, differences } from '../training/spec/identity.ts';
import { parseResult } from '../training/results/parse-result.ts';
import { ResultRecorder, type RunResult } from '../training/results/result.ts';
import type { Outcome, TrainerEvent } from '../training/trainer/events.ts';
import type { RunSpec } from '../training/spec/spec.ts';
import { TeamTrainer } from '../training/trainer/team-trainer.ts';
import { Trainer } from '../training/trainer/trainer.ts';
import { readArguments, UsageError } from './arguments.ts';
import { CORES_OPTION, CORES_USAGE, crewSource } from './crew.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { sealSafetensors } from './files/checksum.ts';
import { clearLeases, reserveFiles } from './files/lease.ts';
import { readResultFile, resultFile, resultText } from './files/result-file.ts';
import { checkWritable, factsIfThere, makeFolder, placeOf, writeWhole } from './files/write.ts';
import { duration, quantity } from './format.ts';
import { KeptPart } from './kept-part.ts';
import { ProgressBar } from './progress.ts';
import { readWeights } from './checkpoint.ts';
import { checkResultRoom } from './result-room.ts';
import { readSpec, SPEC_OPTIONS } from './spec.ts';
import { saveEveryMs, stopCode, stopSignal } from './stopping.ts';

export const RUN_USAGE = `run SPEC.json | EXPERIMENT [--size small|standard] [--set path=value …] [--seed N] [--replicas R] [--steps N] [--out run.json] [--checkpoint FILE.safetensors] [--resume] [--from FILE.safetensors] [--keep FOLDER] ${DEVICE_USAGE} ${CORES_USAGE} [--json]`;

interface Files {
  out?: string | undefined;
  checkpoint?: string | undefined;
  keep?: string | undefined;
  device?: string | undefined;
  cores?: string | undefined;
}

export async function run(argv: string[]): Promise<number> {
  const options = {
    ...SPEC_OPTIONS,
    out: { type: 'string' },
    checkpoint: { type: 'string' },
    resume: { type: 'boolean', default: false },
    from: { type: 'string' },
    keep: { type: 'string' },
    json: { type: 'boolean', default: false },
    ...DEVICE_OPTION,
    ...CORES_OPTION,
  } as const;
  const { values, positionals } = readArguments(argv, options, ['SPEC.json or an experiment']);
  const spec = readSpec(positionals[0]!, values);
  checkResultRoom(spec);
  const from = values.from === undefined ? undefined : readWeights(values.from);
  checkNames(values, positionals[0]!);
  const targets = targetsOf(values);
  const [beside] = targets.filter((file) => factsIfThere(file)?.kind !== 'other');
  if (values.resume && beside === undefined) {
    throw new UsageError('--resume: goes on with a run that had --out or --checkpoint; name the same files');
  }
  // Where it is whole nothing is written, and the place may be read-only.
  const finished = values.resume ? whole(values, beside!, spec, from) : undefined;
  if (finished) {
    console.error(`"${values.out}" holds this run already, whole.`);
    await clearLeases(targets);
    print(finished, values.json);
    return finished.outcome === 'diverged' ? 1 : 0;
  }
  checkPlaces(values);
  const leases = await reserveFiles(targets);
  try {
    const opened = beside === undefined ? undefined : await KeptPart.open(beside, spec, from, values.resume);
    return await train(spec, values, from, opened, values.json);
  } finally {
    for (const lease of leases) await lease.release();
  }
}

async function train(
  spec: RunSpec,
  files: Files,
  from: Weights | undefined,
  opened: Awaited<ReturnType<typeof KeptPart.open>> | undefined,
  json: boolean,
): Promise<number> {
  const { kept, part } = opened ?? {};
  const { keep } = files;
  const signal = stopSignal();
  const device = await acquireDevice(files.device);
  const bar = new ProgressBar();
  const crew = spec.replicas > 1 ? await crewSource(files.cores).on(device) : undefined;
  const trainer = crew
    ? await TeamTrainer.create(crew, device, spec, { from, checkpoint: part?.checkpoint })
    : await Trainer.create(device, spec, {
        onProgress: (done, total) => bar.show(0, `compiling ${done} of ${total} kernels`),
        ...(from && { from }),
        ...(part && { checkpoint: part.checkpoint }),
      });
  const recorder = new ResultRecorder(trainer, part?.result);
  let loss = NaN;
  const stretch = (): Promise<Outcome> =>
    trainer.run({
      signal: kept ? AbortSignal.any([signal, AbortSignal.timeout(saveEveryMs())]) : signal,
      onEvent: (event) => {
        recorder.hear(event);
        loss = latestLoss(event) ?? loss;
        if (event.kind === 'speed') bar.show(event.step / spec.steps, speedLine(event, spec.steps, loss));
      },
      ...(keep !== undefined && { onCheckpoint: async (checkpoint) => keepIn(keep, await checkpoint()) }),
    });
  let outcome = await stretch();
  while (outcome === 'paused' && !signal.aborted) {
    await kept?.save({ result: recorder.result('paused'), checkpoint: await trainer.checkpoint() });
    outcome = await stretch();
  }
  bar.clear();
  const result = recorder.result(outcome);
  // Of a run that diverged, the last state at which all was finite is worth keeping.
  const checkpoint = await (outcome === 'diverged' ? trainer.lastGood() : trainer.checkpoint());
  trainer.destroy();
  crew?.end();
  print(result, json);
  const failures = [
    ...(outcome === 'paused' && kept ? [await failureOf(() => kept.save({ result, checkpoint }))] : []),
    await failureOf(() => write(files.out, () => resultFile(result))),
    await failureOf(() => write(files.checkpoint, () => sealSafetensors(encodeCheckpoint(checkpoint)))),
  ].filter((failure) => failure !== undefined);
  for (const failure of failures.slice(1)) console.error(failure.message);
  if (failures[0]) throw failures[0];
  if (outcome === 'paused') {
    if (kept) console.error('The same command with --resume goes on from here.');
    return stopCode();
  }
  kept?.clear();
  return outcome === 'diverged' ? 1 : 0;
}

/** @throws UsageError */
function checkNames({ out, checkpoint, keep }: Files, source: string): void {
  if (out !== undefined && checkpoint !== undefined && samePlace(out, checkpoint)) {
    throw new UsageError(`--out and --checkpoint: are both "${out}"; give each a name of its own`);
  }
  for (const [option, file] of Object.entries({ out, checkpoint })) {
    if (file === undefined) continue;
    if (factsIfThere(file)?.kind === 'file' && samePlace(file, source))
      throw new UsageError(`--${option}: "${file}" is the file that the spec is read from`);
    if (keep !== undefined && isKept(keep, file))
      throw new UsageError(`--${option}: "${file}" has a name that --keep gives to a checkpoint`);
  }
}

/** What cannot be written is found before training, not after it. @throws FileError */
function checkPlaces({ out, checkpoint, keep }: Files): void {
  if (keep !== undefined) {
    makeFolder(keep);
    checkWritable(join(keep, stepName(0)));
  }
  for (const file of [out, checkpoint]) if (file !== undefined) checkWritable(file);
}

function targetsOf({ out, checkpoint }: Files): string[] {
  return [out, checkpoint].filter((file) => file !== undefined).map(placeOf);
}

/** Whether a file has the name of one that is written into the folder. */
function isKept(folder: string, file: string): boolean {
  return (
    stepName(0).replace(/\d+/, '') === basename(file).replace(/\d+/, '') && samePlace(dirname(file), folder)
  );
}

function samePlace(a: string, b: string): boolean {
  const place = (file: string): string =>
    join(placeOf(dirname(resolve(file))), resolve(placeOf(file)).split('/').at(-1)!);
  return resolve(placeOf(a)) === resolve(placeOf(b)) || place(a) === place(b);
}

/** The result where the run has been written to its end. That of another run is named, since this one will take its place. */
function whole(
  { out, checkpoint }: Files,
  beside: string,
  spec: RunSpec,
  from: Weights | undefined,
): RunResult | undefined {
  if (out === undefined || factsIfThere(`${beside}.part`)) return undefined;
  let result: RunResult;
  try {
    result = parseResult(readResultFile(out));
  } catch {
    return undefined;
  }
  const begunWith = (weights: { spec: RunSpec; step: number } | undefined): object | undefined =>
    weights && { spec: weights.spec, step: weights.step };
  const different = differences(result.spec, spec);
  different.push(...differences(begunWith(result.from), begunWith(from), 'from'));
  if (different.length) {
    console.error(
      `"${out}" holds another run: ${describeDifferences(different)}. It is replaced when this one is done.`,
    );
    return undefined;
  }
  if (checkpoint !== undefined && !factsIfThere(checkpoint)) return undefined;
  return result.outcome === 'paused' ? undefined : result;
}

async function failureOf(work: () => void | Promise<void>): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function write(file: string | undefined, content: () => Parameters<typeof writeWhole>[1]): void {
  if (file !== undefined) writeWhole(file, content());
}

function print(result: RunResult, json: boolean): void {
  if (!json) {
    console.log(summary(result));
    return;
  }
  for (const piece of resultText(result)) process.stdout.write(piece);
  process.stdout.write('\n');
}

/** One file per evaluation, in the order of the steps by name: `step-00000100.safetensors`. */
function keepIn(folder: string, checkpoint: Checkpoint): void {
  writeWhole(join(folder, stepName(checkpoint.step)), sealSafetensors(encodeCheckpoint(checkpoint)));
}

function stepName(step: number): string {
  return `step-${String(step).padStart(8, '0')}.safetensors`;
}

/** Of the first replica that has not diverged. */
function latestLoss(event: TrainerEvent): number | undefined {
  if (event.kind !== 'losses') return undefined;
  return event.losses.subarray(-event.replicas).find(Number.isFinite);
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

/** The run in a few lines; metrics are means over the replicas that have not diverged. */
export function summary(result: RunResult): string {
  const { outcome, step, divergedAt, seconds, spec } = result;
  const diverged = divergencesOf(result);
  const ending = {
    finished: `finished ${step} steps in ${duration(seconds)}`,
    paused: `stopped at step ${step} of ${spec.steps} after ${duration(seconds)}`,
    diverged: `diverged: the loss was not finite at step ${divergedAt}. A smaller learning rate may help.`,
  }[outcome];
  const last = result.evaluations.at(-1);
  const sets = Object.entries(last?.sets ?? {}).map(([set, records]) => {
    const metrics = Object.keys(records[0]!).map((name) => {
      const mean = meanOfOthers(
        records.map((record) => record[name]!),
        diverged,
      );
      return `${name} ${mean.toFixed(4)}`;
    });
    return `  ${set} at step ${last!.step}: ${metrics.join(', ')}`;
  });
  return [
    `${spec.task.name} on ${result.device}: ${ending}`,
    `  ${quantity(result.parameters)} parameters, ${spec.replicas} replica${spec.replicas > 1 ? 's' : ''}, seed ${spec.seed}`,
    ...(spec.replicas > 1 && diverged.length
      ? [`  ${tellDivergences(diverged, spec.replicas).en}. A smaller learning rate may help.`]
      : []),
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
