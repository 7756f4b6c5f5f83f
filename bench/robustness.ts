/** What the checks of indices cost: training steps and products with Dawn's robustness on, as in browsers, and off. */
import { acquireTuned, chosen, prepareGPU } from '../src/cli/bench/setup.ts';
import { align, ms } from '../src/cli/bench/table.ts';
import { createGPU } from '../src/cli/driver.ts';
import { time } from '../src/bench/measure.ts';
import { MATMUL_SIZES } from '../src/bench/names.ts';

const ROUNDS = { budgetMs: 8000, least: 5, most: 200 };
const NAMES = ['transformer', 'mlp', 'tiny-mlp', 'tiny-mlp-64', ...MATMUL_SIZES.map((n) => `matmul-${n}`)];

/** `node bench/start.mjs robustness transformer,matmul-512`: workloads; default all. */
export async function main([names]: string[]): Promise<number> {
  const workloads = chosen(names?.split(',') ?? NAMES);
  const gpus = [prepareGPU().gpu, createGPU(['enable-dawn-features=disable_robustness'])];
  const lines: string[][] = [];
  let adapter = '';
  for (const workload of workloads) {
    const { ours } = workload.prepare();
    const devices = await Promise.all(gpus.map(acquireTuned));
    const subjects = await Promise.all(devices.map(ours));
    for (const subject of subjects) await subject.run(1);
    const [on, off] = (await time(subjects, 1, ROUNDS)) as [number, number];
    lines.push([workload.name, ms(on), ms(off), `${(on / off).toFixed(3)}×`]);
    adapter = devices[0]!.name;
    for (const subject of subjects) subject.destroy();
    for (const device of devices) device.destroy();
  }
  console.log(`${adapter}, ms per step\n${align([['workload', 'checked', 'unchecked', 'ratio'], ...lines])}`);
  return 0;
}
