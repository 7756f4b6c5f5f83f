/** Growth as people read it. */
import { align, ms } from '../../src/cli/bench/table.ts';
import { chart } from '../../src/cli/chart.ts';
import { quantity } from '../../src/cli/format.ts';
import type { Growth } from './measure.ts';

export function growthTable({ axis, description, points, exponents }: Growth): string {
  const replicas = axis === 'replicas';
  const { timeByAxis, flopsByAxis, timeByFlops } = exponents;
  const lines = points.map(({ value, msPerStep, flops, gflops, localExponent, ...bytes }) => [
    String(value),
    ms(msPerStep),
    ...(replicas ? [ms(msPerStep / value)] : []),
    quantity(flops),
    gflops.toPrecision(3),
    localExponent?.toFixed(2) ?? '',
    `${quantity(bytes.predictedBytes)}B`,
    `${quantity(bytes.measuredBytes)}B`,
  ]);
  const heading = [
    axis,
    'ms/step',
    ...(replicas ? ['ms/model-step'] : []),
    'FLOPs',
    'GFLOP/s',
    'local exponent',
    'predicted',
    'measured',
  ];
  return [
    `${axis}: ${description}`,
    align([heading, ...lines]),
    `time ∝ ${axis}^${timeByAxis.toFixed(2)}, FLOPs ∝ ${axis}^${flopsByAxis.toFixed(2)}, time ∝ FLOPs^${timeByFlops.toFixed(2)}`,
  ].join('\n');
}

/** Time of a step of one model: it falls until the device is full. */
export function replicaChart({ points }: Growth): string {
  const text = (en: string) => ({ en, zh: en });
  return chart({
    name: 'replicas',
    title: text('Time of a model-step'),
    x: { label: text('replicas'), scale: 'log' },
    y: { label: text('ms per model-step'), scale: 'log' },
    series: [
      {
        name: text('2-64-64-1, B 64'),
        role: 'measured',
        mark: 'points',
        x: points.map(({ value }) => value),
        y: points.map(({ value, msPerStep }) => msPerStep / value),
      },
    ],
  });
}
