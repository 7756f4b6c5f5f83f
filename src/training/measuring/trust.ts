/**
 * Whether a device computes with its optional features what it computes without. Drivers have reported subgroups of other
 * sizes than they had, and half precision that was not; a wrong sum in a kernel shows as nothing but a worse model. So
 * each kernel that would be used with such a feature is held against the plain one on a small input, before anything is
 * trained. Where they differ the feature is left out, and the device says so.
 */
import type { Device } from '../../gpu/device.ts';
import type { Dispatch } from '../../gpu/kernel.ts';
import { Program } from '../../gpu/program.ts';
import { allocateTensor, download, free, upload, virtualTensor, type Tensor } from '../../gpu/tensor.ts';
import { attention } from '../../kernels/attention.ts';
import { usualChoice } from '../../kernels/choice.ts';
import { copy } from '../../kernels/copy.ts';
import { VARIANTS } from '../../kernels/matmul-variants.ts';
import { matmul, type MatmulVariant } from '../../kernels/matmul.ts';
import { Random } from '../../random.ts';

/** A kernel that relies on a feature, beside one that gives the same without it. */
export interface Check {
  feature: GPUFeatureName;
  /** what is checked, for people */
  name: string;
  /** what they read, with values that half precision holds exactly; and where each writes */
  tensors: { inputs: readonly Tensor[]; suspect: Tensor; plain: Tensor };
  dispatches: readonly Dispatch[];
  /** largest relative difference, 0 where the bits must be the same */
  tolerance: number;
}

/** Stream of the random numbers of inputs. */
const STREAM = 0x74727573;

/** Leaves out the features that give something else than the plain kernels do. Takes milliseconds, beside the compiling. */
export async function checkFeatures(device: Device, checks = checksFor(device)): Promise<void> {
  await Promise.all(
    checks.map(async (check) => {
      const wrong = await difference(device, check).catch((error: unknown) => (error as Error).message);
      if (wrong !== undefined) device.distrust(check.feature, `${check.name}: ${wrong}`);
    }),
  );
}

/** The kernels that the device would take, by the features that they need. */
export function checksFor(device: Device): Check[] {
  const { huge, large, small, attention } = usualChoice(device);
  const checks = [...new Set([huge, large, small])]
    .filter((variant) => VARIANTS[variant].broadcasts)
    .map((variant) => product(device, variant));
  if (attention === 'subgroup') checks.push(attentions(device));
  if (device.has('shader-f16')) checks.push(halves(device));
  return checks;
}

/** All variants of the product sum in one order. Rows, columns and terms go beyond whole tiles. */
function product(device: Device, variant: MatmulVariant): Check {
  const [a, b] = [allocateTensor(device, 'A', [20, 36], 1), allocateTensor(device, 'B', [36, 44], 1)];
  const [suspect, plain] = results(device, [20, 44]);
  return {
    feature: 'subgroups',
    name: `matmul_${variant}`,
    tensors: { inputs: [a, b], suspect, plain },
    dispatches: [matmul({ a, b, y: suspect, variant }), matmul({ a, b, y: plain, variant: 'register' })],
    tolerance: 0,
  };
}

function attentions(device: Device): Check {
  const [length, heads, width] = [11, 2, 8];
  const qkv = allocateTensor(device, 'q, k, v', [1, length, 3 * width], 1);
  const [suspect, plain] = results(device, [1, length, width]);
  const of = (out: Tensor, variant: 'subgroup' | 'register'): Dispatch =>
    attention({ qkv, out, lse: virtualTensor('log-sum-exp', [1, heads, length], 1), heads, variant });
  return {
    feature: 'subgroups',
    name: 'attention_subgroup',
    tensors: { inputs: [qkv], suspect, plain },
    dispatches: [of(suspect, 'subgroup'), of(plain, 'register')],
    tolerance: 1e-4,
  };
}

/** A product whose A was written and is read in half precision, where it loses nothing. */
function halves(device: Device): Check {
  const [a, b] = [allocateTensor(device, 'A', [20, 36], 1), allocateTensor(device, 'B', [36, 44], 1)];
  const half = virtualTensor('A in half precision', [20, 36], 1, true);
  const [suspect, plain] = results(device, [20, 44]);
  return {
    feature: 'shader-f16',
    name: 'half precision',
    tensors: { inputs: [a, b], suspect, plain },
    dispatches: [
      copy({ from: a, to: half }),
      matmul({ a: half, b, y: suspect, variant: 'register' }),
      matmul({ a, b, y: plain, variant: 'register' }),
    ],
    tolerance: 0,
  };
}

const results = (device: Device, shape: readonly number[]): [Tensor, Tensor] => [
  allocateTensor(device, 'suspect', shape, 1),
  allocateTensor(device, 'plain', shape, 1),
];

/** What is wrong with the suspect's result, or nothing. Frees the tensors. */
async function difference(
  device: Device,
  { tensors, dispatches, tolerance }: Check,
): Promise<string | undefined> {
  const { inputs, suspect, plain } = tensors;
  const random = new Random(1, STREAM);
  for (const { storage } of inputs) {
    // Eighths between −4 and 4: exact in half precision.
    const values = Float32Array.from(
      { length: storage.elements },
      () => Math.round(64 * random.uniform() - 32) / 8,
    );
    upload(device, storage, values);
  }
  try {
    const program = await Program.build(device, dispatches, [], { label: 'check' });
    program.run();
    program.destroy();
    const [got, expected] = await Promise.all(
      [suspect, plain].map(async ({ storage }) => new Float32Array(await download(device, storage))),
    );
    const at = expected!.findIndex(
      (value, i) => !(Math.abs(got![i]! - value) <= tolerance * Math.abs(value)),
    );
    return at < 0 ? undefined : `value ${at} is ${got![at]}, not ${expected![at]}`;
  } finally {
    for (const { storage } of [...inputs, suspect, plain]) free(device, storage);
  }
}
