/** Fuzz targets: specs of runs, and sweeps over them, as files, links and messages give them. */
import type * as v from 'valibot';
import type { Random } from '../../src/random.ts';
import { parse, SchemaError } from '../../src/schema.ts';
import type { Device } from '../../src/gpu/device.ts';
import { tasks, type Task } from '../../src/tasks/index.ts';
import { describeForm } from '../../src/training/spec/form.ts';
import { parseSpec, type RunSpec } from '../../src/training/spec/spec.ts';
import { parametersOf, dataPerStep } from '../../src/training/spec/flops.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { checkSpec, planSweep } from '../../src/worker/planning.ts';
import type { Field } from '../../src/option-schema.ts';
import { FuzzError, refusal, type Answer, type Target } from './harness.ts';
import { input, pick } from './values.ts';

const form = describeForm();

/** Some options of a form with values that it allows: small ones mostly, so that most can be trained. */
export function someOptions(fields: readonly Field[], random: Random, share = 0.3): Record<string, unknown> {
  const chosen = fields.filter(() => random.uniform() < share);
  return Object.fromEntries(chosen.map((field) => [field.key, allowed(field, random)]));
}

function allowed(field: Field, random: Random): unknown {
  switch (field.kind) {
    case 'integer':
      return Math.min(field.max, field.min + Math.floor(2 ** (random.uniform() * 8)) - 1);
    case 'real':
      return Math.min(field.max, Math.max(field.min, field.default * 10 ** (2 * random.uniform() - 1)));
    case 'choice':
      return pick(random, field.choices);
    case 'flag':
      return random.integer(2) === 0;
    case 'text':
      return pick(random, [field.default, 'to be or not to be, that is the question. '.repeat(50)]);
    case 'numbers':
      return field.default;
  }
}

export function someSpec(random: Random): Record<string, unknown> {
  const task = pick(random, form.tasks);
  const kind = random.integer(4) ? task.model : pick(random, ['mlp', 'transformer'] as const);
  const optimizer = pick(random, ['adamw', 'muon', 'sgd'] as const);
  return {
    task: { name: task.name, ...someOptions(task.fields, random, 0.2) },
    model: { kind, ...someOptions(form.models[kind], random) },
    ...(random.integer(2) && { optimizer: { name: optimizer, ...someOptions(form.optimizers[optimizer], random) } }),
    ...(random.integer(2) && { schedule: someOptions(form.schedule, random) }),
    ...(random.integer(4) === 0 && { evaluate: { every: 1 + random.integer(50) } }),
    ...someOptions(form.run, random, 0.15),
  }; // prettier-ignore
}

export function someSweep(random: Random): Record<string, unknown> {
  const axes = [
    { 'model.hidden': [[4], [8, 8]] },
    { seed: [1, 2, 3] },
    { learningRate: [1e-3, 1e-2] },
    { compute: [1e8, 1e9] },
    { batch: [8, 16], steps: [10, 20] },
  ];
  return {
    spec: someSpec(random),
    axes: axes.filter(() => random.integer(3) === 0),
    ...(random.integer(4) === 0 && { compute: [1e8, 3e8] }),
  };
}

/** What was accepted is a spec: it says so of itself, and all of its numbers are numbers. */
function checkAccepted(spec: RunSpec): void {
  const again = parseSpec(JSON.parse(JSON.stringify(spec)));
  if (JSON.stringify(again.model) !== JSON.stringify(spec.model))
    throw new FuzzError('a spec that was accepted reads as another one');
  for (const key of ['steps', 'batch', 'replicas', 'seed', 'learningRate'] as const) {
    if (!Number.isFinite(spec[key])) throw new FuzzError(`${key} is ${spec[key]}`);
  }
  if (!Number.isFinite(parametersOf(spec))) throw new FuzzError('its parameters cannot be counted');
  parse((tasks as Record<string, Task>)[spec.task.name]!.schema as v.GenericSchema, withoutName(spec));
}

function withoutName({ task: { name: _, ...rest } }: RunSpec): unknown {
  return rest;
}

/** Whether three steps of it take a moment. */
export function isSmall(spec: RunSpec): boolean {
  const work = parametersOf(spec) * dataPerStep(spec) * spec.replicas;
  const { task } = spec as { task: Record<string, unknown> };
  const large = ['pool', 'points', 'validation', 'vocabulary'].some((key) => Number(task[key] ?? 0) > 20_000);
  return work <= 3e8 && !large && spec.replicas <= 8 && spec.precision !== 'f16';
}

/** @returns whether it was small enough */
export async function trainThreeSteps(device: Device, spec: RunSpec): Promise<boolean> {
  if (!isSmall(spec)) return false;
  try {
    const trainer = await Trainer.create(device, {
      ...spec,
      steps: 3,
      evaluate: { ...spec.evaluate, every: 1000 },
    });
    try {
      const outcome = await trainer.run();
      if (outcome === 'paused') throw new FuzzError('three steps were not done');
    } finally {
      trainer.destroy();
    }
  } catch (error) {
    explained(error);
  }
  return true;
}

/** A device without the room, or a text without the length, says so. @throws whatever else it is */
export function explained(error: unknown): void {
  const inWords =
    error instanceof Error && error.name !== 'TypeError' && /^[a-z.]+(, [a-z.]+)*: /.test(error.message);
  if (!(error instanceof SchemaError) && !inWords) throw error;
  refusal(error.message);
}

export function specs(device?: () => Promise<Device>): Target {
  return {
    name: 'specs',
    generate: (random) => input(random, someSpec),
    check(given): Answer {
      const checked = checkSpec(given as Record<string, unknown>);
      if ('problems' in checked)
        return refusal(checked.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
      checkAccepted(checked.spec);
      return 'accepted';
    },
    async train(given) {
      const checked = checkSpec(given as Record<string, unknown>);
      return !device || 'problems' in checked ? false : trainThreeSteps(await device(), checked.spec);
    },
  };
}

export function sweeps(device?: () => Promise<Device>): Target {
  return {
    name: 'sweeps',
    generate: (random) => input(random, someSweep),
    check(given): Answer {
      const planned = planSweep(given as Record<string, unknown>);
      if ('problems' in planned)
        return refusal(planned.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
      for (const { spec } of planned.runs) checkAccepted(spec);
      return 'accepted';
    },
    async train(given) {
      const planned = planSweep(given as Record<string, unknown>);
      const [run] = 'runs' in planned ? planned.runs : [];
      return !device || !run ? false : trainThreeSteps(await device(), run.spec);
    },
  };
}
