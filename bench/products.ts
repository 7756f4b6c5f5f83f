/** The variants of the product side by side, at the shapes and layouts that training has. */
import { median } from '../src/bench/measure.ts';
import { align, ms } from '../src/cli/bench/table.ts';
import { prepareGPU } from '../src/cli/bench/setup.ts';
import { Device } from '../src/gpu/device.ts';
import { allocateTensor, upload, type Tensor } from '../src/gpu/tensor.ts';
import { matmul, MATMUL_VARIANTS, type MatmulVariant } from '../src/kernels/matmul.ts';
import { kernelChoice, runsOn } from '../src/kernels/choice.ts';
import { KernelAlone, normals } from '../src/training/measuring/kernel-alone.ts';

/** [M, N, K] and which factor is transposed: squares, then what the transformer of `npm run bench` multiplies. */
const SHAPES: [m: number, n: number, k: number, layout: 'NN' | 'NT' | 'TN'][] = [
  [512, 512, 512, 'NN'],
  [1024, 1024, 1024, 'NN'],
  [2048, 2048, 2048, 'NN'],
  [2048, 2048, 2048, 'NT'],
  [2048, 2048, 2048, 'TN'],
  [4096, 4096, 4096, 'NN'],
  [2048, 384, 128, 'NT'],
  [2048, 512, 128, 'NT'],
  [2048, 128, 512, 'NT'],
  [2048, 128, 384, 'NN'],
  [512, 128, 2048, 'TN'],
];
const ROUNDS = 5;
const ROUND_MS = 20;
const MOST_TIMES = 1000;

/** `node bench/start.mjs products tiled,tiled-64x64`: variants; default all that the device has. */
export async function main([names]: string[]): Promise<number> {
  const device = await Device.acquire(prepareGPU().gpu);
  const variants = MATMUL_VARIANTS.filter((variant) => runsOn(device, variant) && variant !== 'naive');
  const wanted = names?.split(',') ?? variants;
  const unknown = wanted.find((name) => !variants.some((variant) => variant === name));
  if (unknown !== undefined) {
    console.error(`The variants must be among ${variants.join(',')}; "${unknown}" is not.`);
    return 2;
  }
  const lines: string[][] = [];
  for (const [m, n, k, layout] of SHAPES) {
    const line = [`${m}·${n}·${k} ${layout}`];
    let first: Float32Array | undefined;
    for (const variant of wanted as MatmulVariant[]) {
      const { cell, result } = await measure(device, m, n, k, layout, variant);
      first ??= result;
      const same = result.every((value, i) => value === first![i]);
      line.push(same ? cell : `${cell} other bits`);
    }
    lines.push(line);
    console.error(line.join('  '));
  }
  console.log(`${device.name}, ms and GFLOP/s`);
  console.log(align([['product', ...wanted], ...lines]));
  return 0;
}

/** ms and GFLOP/s as text, and the product. */
async function measure(
  device: Device,
  m: number,
  n: number,
  k: number,
  layout: string,
  variant: MatmulVariant,
): Promise<{ cell: string; result: Float32Array }> {
  const [transposeA, transposeB] = [layout.startsWith('T'), layout.endsWith('T')];
  const a = filled(device, transposeA ? [k, m] : [m, k], 1);
  const b = filled(device, transposeB ? [n, k] : [k, n], 2);
  const y = allocateTensor(device, 'Y', [m, n], 1);
  const product = await KernelAlone.of(
    device,
    matmul({ a, b, y, transposeA, transposeB, variant, unrolled: kernelChoice(device).unrolled }),
    [a, b, y],
    y,
  );
  const clock = async (times: number): Promise<number> => {
    const from = performance.now();
    await product.run(times);
    return performance.now() - from;
  };
  await clock(1);
  const times = Math.max(1, Math.min(MOST_TIMES, Math.ceil(ROUND_MS / (await clock(1)))));
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) samples.push(await clock(times));
  const each = median(samples) / times;
  const result = await product.result();
  product.destroy();
  return { cell: `${ms(each)} ${(product.flops / each / 1e6).toFixed(0)}`, result };
}

function filled(device: Device, shape: number[], seed: number): Tensor {
  const tensor = allocateTensor(device, `factor ${seed}`, shape, 1);
  upload(device, tensor.storage, normals(tensor.stride, seed));
  return tensor;
}
