/** What the runs of a sweep say together: the loss over its first axis of numbers, all curves, and a table. */
import type { SweptRun } from '../../files/lab-file.ts';
import { type Figure, type Findings, NO_FINDINGS, type Series, type Text } from '../../findings/findings.ts';
import { LOSS, PARAMETERS, STEP } from '../../lessons/shared/quantities.ts';
import { divergencesOf, meanOfOthers } from '../../replicas.ts';
import { showSetting } from '../../show.ts';
import type { RunResult } from '../../training/results/result.ts';

/** Curves that can be told apart. */
const MOST_CURVES = 24;
const END: Text = { en: 'held-out loss at the end', zh: '结束时的留出损失' };
const CURVES: Text = { en: 'held-out loss', zh: '留出损失' };
const RUNS: Text = { en: 'The runs', zh: '各次运行' };

const same = (both: string): Text => ({ en: both, zh: both });

export function findingsOfSweep(runs: readonly SweptRun[]): Findings {
  const paths = [...new Set(runs.flatMap(({ values }) => Object.keys(values)))];
  return {
    ...NO_FINDINGS,
    figures: [endsOf(runs, paths), curvesOf(runs)],
    tables: [
      {
        name: 'runs',
        title: RUNS,
        columns: [
          ...paths.map((path) => ({ key: path, title: same(path) })),
          { key: 'N', title: PARAMETERS },
          { key: 'loss', title: END },
        ],
        rows: runs.map(({ values, result }) => [
          ...paths.map((path) => cellOf(values[path])),
          result.parameters,
          finite(endOf(result)),
        ]),
      },
    ],
  };
}

function endsOf(runs: readonly SweptRun[], paths: readonly string[]): Figure {
  const axis = paths.find(
    (path) => path !== 'seed' && runs.every(({ values }) => typeof values[path] === 'number'),
  );
  const at = ({ values, result }: SweptRun): number =>
    axis === undefined ? result.parameters : (values[axis] as number);
  const x = runs.map(at);
  const isWide = x.every((value) => value > 0) && Math.max(...x) >= 20 * Math.min(...x);
  return {
    name: 'end',
    title: END,
    x: { label: axis === undefined ? PARAMETERS : same(axis), scale: isWide ? 'log' : 'linear' },
    y: { label: LOSS, scale: 'linear' },
    series: [
      {
        name: same(''),
        role: 'measured',
        mark: 'points',
        x,
        y: runs.map(({ result }) => finite(endOf(result))),
      },
    ],
  };
}

function curvesOf(runs: readonly SweptRun[]): Figure {
  const shown = runs.slice(0, MOST_CURVES);
  return {
    name: 'curves',
    title: CURVES,
    x: { label: STEP, scale: 'linear' },
    y: { label: LOSS, scale: 'linear' },
    series: shown.map(({ values, result }, i): Series => ({
      name: same(
        Object.entries(values)
          .map(([path, value]) => `${path.split('.').at(-1)} ${showSetting(value)}`)
          .join(', '),
      ),
      role: 'size',
      rank: [i, shown.length],
      mark: 'line',
      x: result.evaluations.map(({ step }) => step),
      y: result.evaluations.map(({ sets }) => finite(meanLoss(sets.validation ?? [], result))),
    })),
  };
}

/** Held-out, the mean over the replicas that have not diverged; NaN where nothing was held out. */
const endOf = (result: RunResult): number =>
  meanLoss(result.evaluations.at(-1)?.sets.validation ?? [], result);

const meanLoss = (records: readonly Record<string, number>[], result: RunResult): number =>
  meanOfOthers(
    records.map(({ loss }) => loss ?? NaN),
    divergencesOf(result),
  );

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function cellOf(value: unknown): number | string | null {
  if (value === undefined) return null;
  return typeof value === 'number' ? value : showSetting(value);
}
