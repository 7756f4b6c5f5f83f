/** What each dispatch of a training step takes, by timestamp queries: where to look when a step is slow. */
import { acquireTuned, prepareGPU } from '../src/cli/bench/setup.ts';
import { median } from '../src/bench/measure.ts';
import { align, ms } from '../src/cli/bench/table.ts';
import { TrainingSubject, type TrainingCase } from '../src/bench/training.ts';
import { mlpCase, tinyMlpCase, transformerCase } from '../src/bench/workloads.ts';
import type { Dispatch } from '../src/gpu/kernel.ts';
import { Profiler } from '../src/gpu/profiler.ts';

const CASES: Record<string, () => TrainingCase> = {
  transformer: transformerCase,
  'transformer-f16': () => inHalf(transformerCase()),
  mlp: mlpCase,
  'tiny-mlp': () => tinyMlpCase(1),
  'tiny-mlp-64': () => tinyMlpCase(64),
};

const STEPS = 11;

function inHalf(single: TrainingCase): TrainingCase {
  return { ...single, spec: { ...single.spec, precision: 'f16' } };
}

export async function main([name = 'transformer']: string[]): Promise<number> {
  const make = CASES[name];
  if (!make) {
    console.error(`The workload must be one of ${Object.keys(CASES).join(', ')}, not "${name}".`);
    return 2;
  }
  // Browsers round timestamps so that nobody can spy by them; here they are wanted whole.
  const device = await acquireTuned(prepareGPU(['disable-dawn-features=timestamp_quantization']).gpu);
  const subject = await TrainingSubject.build(device, make());
  for (let i = 0; i < 3; i++) await subject.run(1);

  const profiler = new Profiler(device);
  const times = subject.dispatches.map((): number[] => []);
  for (let i = 0; i < STEPS; i++) {
    subject.profile(profiler);
    (await profiler.read()).forEach(({ nanoseconds }, j) => times[j]!.push(nanoseconds / 1e6));
  }
  const medians = times.map(median);
  const total = medians.reduce((sum, time) => sum + time, 0);
  const lines = subject.dispatches.map((dispatch, i) => [
    (dispatch.parts ?? [dispatch]).map(describe).join(' + '),
    ms(medians[i]!),
    `${((100 * medians[i]!) / total).toFixed(1)}%`,
    (dispatch.flops / medians[i]! / 1e6).toFixed(1),
    dispatch.workgroups.join('×'),
  ]);
  console.log(`${device.name}: ${name}, ${ms(total)} ms in dispatches`);
  console.log(align([['kernel', 'ms', 'share', 'GFLOP/s', 'workgroups'], ...lines]));
  return 0;
}

/** The kernel, and for products their sizes, layout and what is fused. */
function describe({ kernel: { name, constants } }: Dispatch): string {
  if (!name.startsWith('matmul')) return name;
  const { M, N, K } = constants;
  const layout = [constants.A_TRANSPOSED, constants.B_TRANSPOSED].map((transposed) =>
    transposed ? 'T' : 'N',
  );
  const fused = Object.entries({
    bias: constants.HAS_BIAS,
    residual: constants.HAS_RESIDUAL,
    derivative: constants.MULTIPLIES_DERIVATIVE,
    dbias: constants.HAS_DBIAS,
    accumulates: constants.ACCUMULATES,
  }).flatMap(([what, is]) => (is ? [what] : []));
  return [name, `${String(M)}·${String(N)}·${String(K)}`, layout.join(''), ...fused].join(' ');
}
