/** RunSpec: everything that a run depends on, as JSON. One schema gives types, defaults, bounds and errors. */
import * as v from 'valibot';
import { CLASS_LOSSES } from '../../kernels/class-losses.ts';
import {
  modelParameters,
  modelWidth,
  ModelError,
  ModelSchema,
  type ModelConfig,
} from '../../models/index.ts';
import { says } from '../../problem-words.ts';
import { hash } from '../../random.ts';
import { problemAt, refusal } from '../../refusal.ts';
import { choice, flag, integer, numbers, options, real } from '../../option-schema.ts';
import { message, parse, SchemaError } from '../../schema.ts';
import { show } from '../../show.ts';
import { isTask, type Task, tasks, type TaskName, type TaskShape } from '../../tasks/index.ts';

/** Of a run. */
export const MOST_STEPS = 1e7;

const weightDecay = (fallback: number): ReturnType<typeof real> =>
  real(fallback, 0, 10, 'Decoupled weight decay, on matrices only.');

const adamw = {
  beta1: real(0.9, 0, 0.9999, 'Decay of the mean of the gradients.'),
  beta2: real(0.98, 0, 0.99999, 'Decay of the mean of their squares.'),
  epsilon: real(1e-8, 1e-12, 1, 'Added to the root of the mean square.'),
  weightDecay: weightDecay(0),
};

export const AdamWSchema = options({ name: v.literal('adamw'), ...adamw });

export const SgdSchema = options({
  name: v.literal('sgd'),
  momentum: real(0, 0, 0.9999, 'Momentum.'),
  weightDecay: weightDecay(0),
});

/** Muon for the matrices of hidden layers; AdamW for embeddings, output layer, biases and gains. */
export const MuonSchema = options({
  name: v.literal('muon'),
  momentum: real(0.95, 0, 0.9999, 'Momentum of hidden matrices, made orthogonal before each step.'),
  nesterov: flag(true, 'Whether the step looks one step of the momentum ahead.'),
  adamwRate: real(1, 0, 100, 'Learning rate of AdamW, for all other parameters, as a multiple of Muon’s.'),
  ...adamw,
});

export const ScheduleSchema = options({
  name: choice(
    ['cosine', 'constant', 'linear-decay', 'drop'],
    'How the learning rate goes after the warm-up.',
  ),
  warmup: integer(50, 0, 1e6, 'Steps of linear warm-up.'),
  final: real(0.05, 0, 1, 'Learning rate at the end, as a fraction of the peak.'),
  decay: real(
    0.2,
    0,
    1,
    'Fraction of the steps over which linear-decay goes down, or at whose start drop does.',
  ),
});

export const EvaluateSchema = v.pipe(
  options({
    spacing: choice(
      ['step', 'log-step', 'flops'],
      'Evaluations are evenly spaced in steps, in their logarithm, or in training FLOPs.',
    ),
    every: real(
      50,
      1,
      1e15,
      'Steps, or FLOPs of one replica, from one evaluation to the next; for log-step the factor between their steps.',
    ),
    movement: flag(false, 'Whether to measure how far the weights have moved from where they began.'),
  }),
  v.forward(
    v.check(
      ({ spacing, every }) => spacing !== 'log-step' || (every >= 1.01 && every <= 1000),
      message('factor'),
    ),
    ['every'],
  ),
);

export const WidthRuleSchema = options({
  reference: integer(8, 1, 4096, 'Width at which the learning rate is the one given.'),
  exponent: real(0, -2, 2, 'The learning rate is multiplied by (reference / width) to this power.'),
});

export const RunSchema = options({
  task: v.custom<{ name: string }>(() => true), // parsed by the task's own schema
  model: v.optional(ModelSchema),
  optimizer: v.optional(v.variant('name', [AdamWSchema, MuonSchema, SgdSchema], message('optimizer')), {
    name: 'adamw',
  }),
  schedule: v.optional(ScheduleSchema, {}),
  learningRate: real(3e-3, 1e-8, 100, 'Peak learning rate.'),
  widthRule: v.optional(WidthRuleSchema, {}),
  batch: integer(64, 1, 65536, 'Examples per step and replica.'),
  steps: integer(1000, 1, MOST_STEPS, 'Training steps.'),
  loss: choice(
    CLASS_LOSSES,
    'What training makes small where the answer is a class; values always have their mean squared error.',
  ),
  labels: choice(
    ['given', 'own', 'own-right'],
    'Labels of the training examples: those of the task; or what the weights that the run begins with answer, each replica its own; or of these answers only those that agree with the task, the others left out.',
  ),
  clip: real(0, 0, 1e6, 'Bound on the global norm of the gradients; 0 means none.'),
  precision: choice(
    ['f32', 'f16'],
    'Bits of activations and of the weights they are computed with; sums, gradients and updates have 32.',
  ),
  evaluate: v.optional(EvaluateSchema, {}),
  seed: integer(
    1,
    0,
    0xffffffff,
    'Seed of weights and batches; how replicas have theirs from it, seeding says.',
  ),
  seeding: choice(
    ['consecutive', 'hashed', 'same'],
    'Replica r has seed + r; or a hash of both, so that runs of neighbouring seeds have no replica in common; or the seed, like all others.',
  ),
  dataSeed: integer(0, 0, 0xffffffff, 'Seed of the examples, the same for all replicas.'),
  replicas: integer(1, 1, 1024, 'Models of one shape trained side by side.'),
  learningRates: numbers(
    [],
    { most: 1024, min: 1e-8, max: 100 },
    'One learning rate per replica, instead of learningRate.',
  ),
  weightDecays: numbers(
    [],
    { most: 1024, min: 0, max: 10 },
    'One weight decay per replica, instead of the optimizer’s.',
  ),
  trainingFractions: numbers(
    [],
    { most: 1024, min: 1e-6, max: 1 },
    'One share of the training examples per replica, which learns from the first so many, instead of from all.',
  ),
});

type Parsed = v.InferOutput<typeof RunSchema>;
export type EvaluateConfig = Parsed['evaluate'];

/** A task by name, with its options filled in. */
export type TaskConfig = { name: TaskName } & Record<string, unknown>;

/** A complete, checked RunSpec. */
export type RunSpec = Omit<Parsed, 'task' | 'model'> & { task: TaskConfig; model: ModelConfig };

/** Of a spec that has some of the replicas of another one: the place of the first of them (src/crew). */
export interface Shared {
  firstReplica: number;
}

/**
 * Checks a spec and fills in its defaults.
 * @throws SchemaError with a line per wrong key: the key, the value, and what is allowed
 */
export function parseSpec(input: unknown): RunSpec {
  const { task: givenTask, model: givenModel, ...given } = parse(RunSchema, input);
  const { name } = parse(
    v.looseObject({ name: v.string(message('task-name')) }, message('task')),
    givenTask,
    'task',
  );
  const task = known(name);
  // The given object, not the parsed one, which drops keys such as `constructor` that are to be refused.
  const { name: _name, ...taskOptions } = givenTask;
  const config = { name: name as TaskName, ...(parse(task.schema, taskOptions, 'task') as object) };
  const shape = task.shape(withoutName(config));
  const model =
    givenModel ??
    parse(ModelSchema, {
      kind: shape.targets.kind === 'classes' && shape.targets.perRow > 1 ? 'transformer' : 'mlp',
    });
  // In the order of the schema, whatever was given: the id of a run is a hash of this.
  const spec: RunSpec = { task: config, model, ...given };
  for (const key of ['learningRates', 'weightDecays', 'trainingFractions'] as const) {
    const count = spec[key].length;
    if (count !== 0 && count !== spec.replicas) {
      throw refusal(key, 'one-each', count, spec.replicas);
    }
  }
  if (spec.loss !== 'cross-entropy' && shape.targets.kind === 'values') {
    throw refusal('loss', 'class-loss', spec.loss, name);
  }
  if (spec.labels !== 'given' && shape.targets.kind === 'values') {
    throw refusal('labels', 'own-labels-class', spec.labels, name);
  }
  try {
    const parameters = modelParameters(model, shape);
    if (spec.optimizer.name === 'muon' && !parameters.some(({ hidden }) => hidden)) {
      throw new ModelError('optimizer.name', says('muon-hidden'));
    }
  } catch (error) {
    if (error instanceof ModelError) throw new SchemaError([problemAt(error.key, error.said)]);
    throw error;
  }
  return spec;
}

/** Peak learning rate of replica `r`, the rule for the model's width applied. */
export function peakLearningRate(spec: RunSpec, r: number): number {
  const { reference, exponent } = spec.widthRule;
  const width = modelWidth(spec.model, taskOf(spec).shape);
  return (spec.learningRates[r] ?? spec.learningRate) * (reference / width) ** exponent;
}

/**
 * The seed of replica `r`, of its weights and its batches: seed + r; or where it is hashed, hash(SEEDS, seed, r), whose
 * 32 bits two replicas share by chance alone; or the seed, where it is the same.
 */
export function replicaSeed(
  { seed, seeding, firstReplica = 0 }: Pick<RunSpec, 'seed' | 'seeding'> & Partial<Shared>,
  r: number,
): number {
  if (seeding === 'same') return seed;
  const replica = firstReplica + r;
  return seeding === 'hashed' ? hash(SEEDS, seed, replica) : seed + replica;
}

/** The stream of hashed seeds: "seed" in ASCII. */
const SEEDS = 0x73656564;

/** Of `rows` training examples, the number that replica `r` learns from: at least one. */
export function trainingRows({ trainingFractions }: RunSpec, r: number, rows: number): number {
  return Math.max(1, Math.round(rows * (trainingFractions[r] ?? 1)));
}

/** The task of a spec with its options, ready to be asked. */
export function taskOf(spec: RunSpec): { task: Task; options: unknown; shape: TaskShape } {
  const task = known(spec.task.name);
  const options = withoutName(spec.task);
  return { task, options, shape: task.shape(options) };
}

function known(name: string): Task {
  if (isTask(name)) return tasks[name];
  const choices = Object.keys(tasks).join(', ');
  throw new SchemaError([problemAt('task.name', says('choice', choices), show(name))]);
}

function withoutName(config: TaskConfig): Record<string, unknown> {
  const { name: _name, ...rest } = config;
  return rest;
}
