/** One run alone in the form of a lesson's recording: its curves and its main numbers, and a verdict that says nothing. */
import { NO_FINDINGS, NO_VERDICT, type Series, type Text } from '../findings/findings.ts';
import type { Recording } from '../findings/recording.ts';
import { makeRecording } from '../lessons/recording.ts';
import { LOSS, SQUARED_ERROR, STEP } from '../lessons/shared/quantities.ts';
import { divergencesOf, meanOfOthers } from '../replicas.ts';
import type { RunResult } from '../training/results/result.ts';
import type { RunSpec } from '../training/spec/spec.ts';

const TITLE: Text = { en: 'loss', zh: '损失' };

/** @param inNats whether its loss is −ln p, and not a squared error */
export function recordSingleRun(result: RunResult, inNats: boolean): Recording {
  const { spec, device, date, seconds } = result;
  const shared = { ...result, spec: withoutOwnText(spec) };
  return makeRecording(
    {
      name: 'sandbox',
      plan: () => [{ key: 'run', spec: { ...shared.spec } }],
      judge: () => ({
        ...NO_FINDINGS,
        figures: [
          {
            name: 'loss',
            title: TITLE,
            x: { label: STEP, scale: 'linear' },
            y: { label: inNats ? LOSS : SQUARED_ERROR, scale: 'linear' },
            series: curvesOf(result),
          },
        ],
        verdict: { ...NO_VERDICT, numbers: numbersOf(result) },
      }),
    },
    { runs: new Map([['run', shared]]), benchmarks: new Map() },
    { size: 'standard', seed: spec.seed, device, date, seconds: Number(seconds.toPrecision(3)) },
  );
}

/** A text of one's own stays where it was typed. */
export function withoutOwnText(spec: RunSpec): RunSpec {
  const { text: _own, ...task } = spec.task as RunSpec['task'] & { text?: string };
  return { ...spec, task };
}

function curvesOf(result: RunResult): Series[] {
  const { losses, evaluations } = result;
  const [replica] = losses.values;
  const steps = Array.from(replica ?? [], (_, i) => losses.first + i);
  const held = evaluations.filter(({ sets }) => sets.validation?.length);
  return [
    {
      ...curve(steps, (i) => losses.values.map((values) => values[i]!), result),
      name: { en: 'training', zh: '训练' },
      role: 'train',
      mark: 'line',
    },
    {
      ...curve(
        held.map(({ step }) => step),
        (i) => held[i]!.sets.validation!.map(({ loss }) => loss ?? NaN),
        result,
      ),
      name: { en: 'held out', zh: '留出' },
      role: 'validation',
      mark: 'line',
    },
  ];
}

/** The mean over replicas, those that diverged left out, and the band from the lowest to the highest of them. */
function curve(
  x: number[],
  valuesAt: (i: number) => number[],
  result: RunResult,
): Pick<Series, 'x' | 'y' | 'low' | 'high'> {
  const diverged = divergencesOf(result);
  const all = x.map((_, i) => valuesAt(i));
  const others = all.map((values) => {
    const left = values.filter((_, r) => !diverged.some(({ replica }) => replica === r));
    return left.length ? left : values;
  });
  const [low, high] = [Math.min, Math.max].map((of) => others.map((values) => of(...values)));
  const hasBand = result.spec.replicas > 1 && [...low!, ...high!].every(Number.isFinite);
  return {
    x,
    y: all.map((values) => meanOfOthers(values, diverged)),
    ...(hasBand && { low: low!, high: high! }),
  };
}

/** Means over the replicas that have not diverged. */
function numbersOf(result: RunResult): Record<string, number> {
  const { losses, evaluations, step, seconds, parameters, floor } = result;
  const diverged = divergencesOf(result);
  const mean = (values: readonly number[]): number => meanOfOthers(values, diverged);
  const last = evaluations.at(-1)?.sets.validation ?? [];
  const metrics = Object.keys(last[0] ?? {}).map(
    (name) => [name, mean(last.map((record) => record[name] ?? NaN))] as const,
  );
  // In a table of runs there is no room to say that a rare symbol was taken as known.
  const { accuracyWithoutRare, ...numbers } = Object.fromEntries(metrics) as Record<string, number>;
  return {
    ...numbers,
    ...(accuracyWithoutRare !== undefined && { accuracy: accuracyWithoutRare }),
    trainLoss: mean(losses.values.map((values) => values.at(-1) ?? NaN)),
    parameters,
    steps: step,
    seconds: Number(seconds.toPrecision(3)),
    ...(floor !== undefined && { floor }),
  };
}
