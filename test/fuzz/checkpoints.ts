/** Checkpoint files for the fuzzer: what is whole must be read as it was written, what is damaged be refused. */
import type { Device } from '../../src/gpu/device.ts';
import type { Random } from '../../src/random.ts';
import { STATE, STATE_WORDS } from '../../src/kernels/state.ts';
import { modelParameters } from '../../src/models/index.ts';
import { SchemaError } from '../../src/schema.ts';
import {
  decodeCheckpoint,
  decodeWeights,
  encodeCheckpoint,
  type Checkpoint,
} from '../../src/training/results/checkpoint.ts';
import { batchSeed, initialReplicas } from '../../src/training/trainer/initial.ts';
import { momentCount } from '../../src/training/trainer/programs.ts';
import { parseSpec, peakLearningRate, taskOf, type RunSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { DAMAGES, rewritten, scrambled, takenApart } from './checkpoint-damages.ts';
import { FuzzError, refusal, type Answer, type Target } from './harness.ts';
import { pick } from './values.ts';

interface CheckpointCase {
  file: Uint8Array<ArrayBuffer>;
  /** what was done to it */
  damage: string;
  /** what is in it, where it is whole */
  checkpoint: Checkpoint | undefined;
}

/** A tiny run of either kind of model and any optimizer. */
function smallSpec(random: Random): RunSpec {
  const isMlp = random.uniform() < 0.6;
  return parseSpec({
    ...(isMlp
      ? {
          task: { name: 'shapes', points: 60, validation: 32 },
          model: { kind: 'mlp', hidden: [2 + random.integer(9), 3], bias: random.uniform() < 0.7 },
        }
      : {
          task: { name: 'backoff-language', vocabulary: 8, length: 4, pool: 40, validation: 8 },
          model: { kind: 'transformer', layers: random.integer(2) + 1, width: 4, heads: 2 },
        }),
    optimizer: { name: pick(random, ['adamw', 'sgd', 'muon']) },
    batch: 4,
    steps: 1 + random.integer(50),
    seed: random.integer(1000),
    replicas: 1 + random.integer(3),
    learningRate: 10 ** -(1 + 3 * random.uniform()),
  });
}

function smallCheckpoint(random: Random): Checkpoint {
  const spec = smallSpec(random);
  const step = random.integer(spec.steps + 1);
  const parameters = initialReplicas(modelParameters(spec.model, taskOf(spec).shape), spec);
  const moments = Array.from({ length: momentCount(spec) }, (_, i) =>
    parameters.map((value) => {
      if (value === 0) return 0; // Between two parameters nothing lies.
      return i === 1 ? (value * random.uniform()) ** 2 : value * random.normal();
    }),
  );
  const state = new Uint32Array(spec.replicas * STATE_WORDS);
  const floats = new Float32Array(state.buffer);
  for (let r = 0; r < spec.replicas; r++) {
    const row = r * STATE_WORDS;
    state[row + STATE.step] = step;
    state[row + STATE.seed] = batchSeed(spec.seed + r);
    floats[row + STATE.peakLearningRate] = peakLearningRate(spec, r);
    floats[row + STATE.weightDecay] = spec.optimizer.weightDecay;
  }
  return { spec, step, parameters, moments, state };
}

/** Damage that leaves the weights as they are: the run cannot go on, but another may begin with them. */
const leavesWeights = (damage: string): boolean => damage.includes('moments');
/** Damage that may hit the weights or something else. */
const mayLeaveWeights = (damage: string): boolean =>
  ['tensor', 'shape', 'matrix', 'type', 'I32', 'bytes changed'].some((word) => damage.includes(word));

function someFile(random: Random): CheckpointCase {
  const checkpoint = smallCheckpoint(random);
  const file = encodeCheckpoint(checkpoint);
  const share = random.uniform();
  const whole = { file, damage: 'none', checkpoint };
  if (share < 0.15) return whole;
  if (share < 0.3) return { ...whole, file: rewritten(file, random) };
  if (share < 0.4) return { file: scrambled(file, random), damage: 'bytes changed', checkpoint: undefined };
  const damage = pick(random, Object.keys(DAMAGES));
  const damaged = DAMAGES[damage]!(takenApart(file), random, checkpoint);
  return damaged ? { file: damaged, damage, checkpoint: undefined } : whole;
}

function check({ file, damage, checkpoint }: CheckpointCase): Answer {
  const read = attempt(() => decodeCheckpoint(file));
  const weights = attempt(() => decodeWeights(file));
  if (checkpoint) {
    if (read instanceof SchemaError || weights instanceof SchemaError)
      throw new FuzzError('a whole file is refused');
    if (!isSame(read, checkpoint)) throw new FuzzError('a whole file is read as another checkpoint');
    return 'accepted';
  }
  const isRefused = read instanceof SchemaError;
  if (damage === 'bytes changed') return isRefused ? 'refused' : 'accepted';
  if (!isRefused) throw new FuzzError(`a file with ${damage} is taken`);
  if (
    weights instanceof SchemaError
      ? leavesWeights(damage)
      : !leavesWeights(damage) && !mayLeaveWeights(damage)
  )
    throw new FuzzError(
      `the weights of a file with ${damage} are ${weights instanceof SchemaError ? 'refused' : 'taken'}`,
    );
  return 'refused';
}

/** What is read, or the refusal. @throws whatever else the reading threw; FuzzError for one in poor words */
function attempt<T>(read: () => T): T | SchemaError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    refusal(error.message);
    return error;
  }
}

function isSame(a: Checkpoint, b: Checkpoint): boolean {
  const bytes = ({ parameters, moments, state }: Checkpoint): string =>
    [parameters, ...moments, state].map(({ buffer }) => Buffer.from(buffer).toString('base64')).join();
  return a.step === b.step && JSON.stringify(a.spec) === JSON.stringify(b.spec) && bytes(a) === bytes(b);
}

/** Files as `--from`, `score`, a folder and a database have them. */
export function checkpoints(device?: () => Promise<Device>): Target {
  return {
    name: 'checkpoints',
    generate: someFile,
    check: (input) => check(input as CheckpointCase),
    ...(device && {
      async train(input) {
        const { checkpoint } = input as CheckpointCase;
        if (!checkpoint) return false;
        const trainer = await Trainer.create(await device(), checkpoint.spec, { checkpoint });
        await trainer.run({ steps: 3 }).finally(() => trainer.destroy());
        return true;
      },
    }),
  };
}
