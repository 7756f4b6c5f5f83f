/** From a run's history to what the chart draws: means, bands and thin lines of the replicas. */
import type { ChartSeries, XAxis } from '../../components/index.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { strings } from '../experiments/experiment-strings.ts';
import type { Curve, RunHistory } from './run-history.ts';

export function lossCurves(history: RunHistory, previous: Curve | undefined): ChartSeries[] {
  const many = history.replicaCount > 1;
  return [
    ...(previous?.length
      ? [
          {
            id: 'previous',
            label: strings.previous,
            x: previous.steps.values,
            y: previous.mean.values,
            color: 'ink-3',
            dash: [2, 4],
            width: 1.5,
          },
        ]
      : []),
    ...curve(history.training, {
      id: 'training',
      label: many ? strings.trainingMean : strings.training,
      color: 'c1',
      noisy: true,
      width: many ? 2 : 1.5,
    }),
    ...curve(history.validation, {
      id: 'validation',
      label: many ? strings.validationMean : strings.validation,
      color: 'c2',
      dash: [7, 4],
      markers: true,
    }),
  ];
}

function curve(curve: Curve, look: Omit<ChartSeries, 'x' | 'y'>): ChartSeries[] {
  // One list of positions for all, so that the chart need not compare them.
  const x = curve.steps.values;
  if (curve.replicas.length === 1) return [{ ...look, x, y: curve.mean.values }];
  // A replica that diverged would stretch the axis until the others could not be seen.
  const thin = curve.replicas.flatMap((replica, r) =>
    curve.isCounted(replica)
      ? [
          {
            id: `${look.id} ${r}`,
            label: `${look.label} ${r}`,
            x,
            y: replica.values,
            color: look.color,
            thin: true,
          },
        ]
      : [],
  );
  const band = { low: curve.low.values, high: curve.high.values, label: look.label };
  return [...thin, { ...look, x, y: curve.mean.values, band }];
}

/** What the horizontal axis can count; per model, not for all replicas together. */
export function axesOf(info: RunInfo | undefined, history: RunHistory, unit: 'tokens' | 'points'): XAxis[] {
  const steps = info?.spec.steps ?? 0;
  const per = (total: number | undefined): number => (total ?? 1) / (info?.spec.replicas ?? 1);
  const linear = (id: string, label: string, factor: number): XAxis => ({
    id,
    label,
    convert: (step) => step * factor,
    ...(steps ? { end: steps * factor } : {}),
  });
  return [
    linear('steps', strings.axes.steps, 1),
    linear('tokens', strings.axes[unit], per(info?.tokensPerStep)),
    linear('flops', strings.axes.flops, per(info?.flopsPerStep)),
    { id: 'seconds', label: strings.axes.seconds, convert: (step) => history.secondsAt(step) },
  ];
}
