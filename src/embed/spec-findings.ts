/** What there is to draw of runs that belong to no lesson: their curves, and where they ended. */
import { NO_FINDINGS, NO_VERDICT, type Figure, type Findings, type Series } from '../findings/findings.ts';
import { liveFigure } from '../figures/live-figure.ts';
import type { Results } from '../lessons/lesson.ts';
import { divergencesOf, meanOfOthers } from '../replicas.ts';
import type { RunResult } from '../worker/protocol.ts';

/** The training loss at the end is a mean over so many steps. */
const LAST_STEPS = 20;

export function judgeSpec({ runs }: Results): Findings {
  const all = [...runs];
  const [first] = all;
  const numbers = Object.fromEntries(all.map(([key, run]) => [key, finalLoss(run)]));
  return {
    ...NO_FINDINGS,
    figures: !first
      ? []
      : all.length === 1
        ? [liveFigure(first[1])]
        : [curvesFigure(all), ...(sizesOf(all).size > 1 ? [sizesFigure(all)] : [])],
    verdict: { ...NO_VERDICT, numbers },
  };
}

/** Held out where that was measured; mean over the replicas that have not diverged. */
function finalLoss(run: RunResult): number {
  const heldOut = run.evaluations.at(-1)?.sets.validation?.map(({ loss }) => loss ?? NaN);
  return meanOfOthers(
    heldOut ?? run.losses.values.map((values) => mean(Array.from(values.slice(-LAST_STEPS)))),
    divergencesOf(run),
  );
}

/** One curve for each run, small models pale and large ones dark. */
function curvesFigure(runs: readonly (readonly [string, RunResult])[]): Figure {
  const ranks = [...sizesOf(runs)].sort((a, b) => a - b);
  const several = ranks.length > 1;
  const series = runs.flatMap(([key, run], i): Series[] => {
    const { series } = liveFigure(run);
    const curve = series.find(({ role, x }) => role === 'validation' && x.length > 1) ?? series[0]!;
    const place: [number, number] = several
      ? [ranks.indexOf(run.parameters), ranks.length]
      : [i, runs.length];
    return [{ ...curve, name: { en: key, zh: key }, role: 'size', rank: place }];
  });
  return { ...liveFigure(runs[0]![1]), name: 'curves', title: { en: 'All runs', zh: '全部运行' }, series };
}

function sizesFigure(runs: readonly (readonly [string, RunResult])[]): Figure {
  const points = runs.map(([, run]) => [run.parameters, finalLoss(run)] as const);
  points.sort(([a], [b]) => a - b);
  return {
    name: 'sizes',
    title: { en: 'Final loss by size', zh: '最终损失与规模' },
    x: { label: { en: 'parameters N', zh: '参数 N' }, scale: 'log' },
    y: { label: { en: 'loss', zh: '损失' }, scale: 'log' },
    series: [
      {
        name: { en: 'final loss', zh: '最终损失' },
        role: 'measured',
        mark: 'points',
        x: points.map(([n]) => n),
        y: points.map(([, loss]) => (Number.isFinite(loss) ? loss : null)),
      },
    ],
  };
}

const sizesOf = (runs: readonly (readonly [string, RunResult])[]): Set<number> =>
  new Set(runs.map(([, { parameters }]) => parameters));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
