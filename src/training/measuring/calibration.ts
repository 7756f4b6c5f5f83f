/** How fast a device is at what lessons do: a fraction of a second, to choose among devices that compute on the CPU. */
import type { Device } from '../../gpu/device.ts';
import { allocateTensor } from '../../gpu/tensor.ts';
import { kernelChoice } from '../../kernels/choice.ts';
import { matmul } from '../../kernels/matmul.ts';
import { KernelAlone } from './kernel-alone.ts';

/** A layer of a narrow transformer: rows of a batch, inputs, outputs. */
const [ROWS, INPUTS, OUTPUTS] = [1024, 24, 72];
/** Layers in a row, as in a training step. */
const TIMES = 8;
/** Nothing new is begun after this long, ms. */
const BUDGET_MS = 150;
const MOST_ROUNDS = 5;

/** GFLOP/s in products as narrow as those of the lessons, submits and their waiting included. */
export async function measureSpeed(device: Device): Promise<number> {
  const x = allocateTensor(device, 'x', [ROWS, INPUTS], 1);
  const weight = allocateTensor(device, 'weight', [OUTPUTS, INPUTS], 1);
  const y = allocateTensor(device, 'y', [ROWS, OUTPUTS], 1);
  const dispatch = matmul({ a: x, b: weight, y, transposeB: true, variant: kernelChoice(device).large });
  const layer = await KernelAlone.of(device, dispatch, [x, weight, y], y);
  try {
    await layer.run(1);
    const deadline = performance.now() + BUDGET_MS;
    let best = 0;
    for (let round = 0; round < MOST_ROUNDS && (round === 0 || performance.now() < deadline); round++) {
      const from = performance.now();
      await layer.run(TIMES);
      best = Math.max(best, (TIMES * layer.flops) / (performance.now() - from) / 1e6);
    }
    return best;
  } finally {
    layer.destroy();
  }
}
