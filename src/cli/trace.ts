/** `trace`: writes what is needed to replay a run elsewhere, batch by batch, and to hold it against PyTorch. */
import { isDecayed } from '../autodiff/index.ts';
import { download, size, type Tensor } from '../gpu/tensor.ts';
import { EPSILON } from '../kernels/layernorm.ts';
import { STATE } from '../kernels/state.ts';
import { unpack } from '../training/results/checkpoint.ts';
import { encodeSafetensors, type NamedTensor } from '../training/results/safetensors.ts';
import { taskOf, type RunSpec } from '../training/spec/spec.ts';
import { Trainer } from '../training/trainer/trainer.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { acquireDevice, DEVICE_OPTION, DEVICE_USAGE } from './device.ts';
import { checkNewFolder, writeNewFolder } from './files/folder.ts';
import { readSpec, SPEC_OPTIONS } from './spec.ts';
import readme from './trace-readme.md?raw';
import replay from './trace-replay.py?raw';

export const TRACE_USAGE = `trace SPEC.json | EXPERIMENT [--size small|standard] [--set path=value …] [--seed N] [--replicas R] [--steps N] [--out FOLDER] ${DEVICE_USAGE}`;

/** Steps whose batches fit a file that one still likes to move. */
const MOST_STEPS = 1000;

export async function trace(argv: string[]): Promise<number> {
  const options = { ...SPEC_OPTIONS, ...DEVICE_OPTION, out: { type: 'string', default: 'trace' } } as const;
  const { values, positionals } = readArguments(argv, options, ['SPEC.json or an experiment']);
  const { steps = '10', ...others } = values;
  const count = wholeNumber('steps', steps, 1, MOST_STEPS);
  const spec = readSpec(positionals[0]!, others);
  checkNewFolder(values.out);
  const trainer = await Trainer.create(await acquireDevice(values.device), spec, { persistent: false });
  const { tensors, log } = await record(trainer, Math.min(count, spec.steps));

  writeNewFolder(values.out, {
    'trace.safetensors': encodeSafetensors({ tensors, metadata: { spec: JSON.stringify(spec) } }),
    'trace.json': JSON.stringify({ ...describe(trainer), steps: log }, null, 2),
    'README.md': readme,
    'replay.py': replay,
  });
  console.log(
    `${log.length} steps of ${spec.task.name} are in ${values.out}; its README.md says how to check them.`,
  );
  trainer.destroy();
  return 0;
}

interface Step {
  step: number;
  loss: number;
  learningRate: number;
}

/** Trains step by step and takes down replica 0: parameters before and after, batches, first gradients. */
async function record(
  trainer: Trainer,
  count: number,
): Promise<{ tensors: Map<string, NamedTensor>; log: Step[] }> {
  const { device, spec, memory, plan } = trainer;
  const tensors = new Map<string, NamedTensor>();
  const alone: RunSpec = { ...spec, replicas: 1 };
  const arena = async (prefix: string, of: Tensor): Promise<void> => {
    const slice = new Float32Array(await download(device, of.storage, 0, of.stride));
    for (const [name, tensor] of unpack(alone, slice)) tensors.set(`${prefix}.${name}`, tensor);
  };
  const batch = async (name: string, of: Tensor, integers: boolean): Promise<void> => {
    const bytes = await download(device, of.storage, 0, size(of));
    tensors.set(name, {
      shape: of.shape,
      values: integers ? new Int32Array(bytes) : new Float32Array(bytes),
    });
  };
  const log: Step[] = [];
  await arena('initial', memory.arena.values);
  for (let step = 0; step < count; step++) {
    const outcome = await trainer.run({ steps: 1, evaluates: false });
    await batch(`batch.${step}.inputs`, plan.batchInputs, trainer.data.train.inputs instanceof Int32Array);
    await batch(`batch.${step}.targets`, plan.batchTargets, memory.pool.integerTargets);
    if (step === 0) await arena('grad', memory.arena.gradients);
    const state = new Float32Array(await download(device, memory.state.storage));
    log.push({ step, loss: state[STATE.loss]!, learningRate: state[STATE.learningRate]! });
    if (outcome === 'diverged') break;
  }
  await arena('final', memory.arena.values);
  return { tensors, log };
}

/** What the tensors alone do not say. */
function describe({ spec, memory }: Trainer): object {
  const { weightDecays, optimizer } = spec;
  const { specs } = memory.arena;
  const names = (of: typeof specs): string[] => of.map(({ name }) => name);
  return {
    spec,
    ...taskOf(spec).shape,
    layerNormEpsilon: EPSILON,
    optimizer: {
      ...optimizer,
      weightDecay: weightDecays[0] ?? optimizer.weightDecay,
      spared: names(specs.filter(({ shape }) => !isDecayed(shape))),
      hidden: names(specs.filter(({ hidden }) => hidden)),
    },
  };
}
