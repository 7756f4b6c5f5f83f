/** The figure of specialists: accuracy over the steps, in the domain or on the general mix. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Text } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { firstSound, replicaCurve } from '../shared/replicas.ts';
import type { Point } from '../shared/runs.ts';
import { levelLine, series } from '../shared/series.ts';
import { text } from '../shared/text.ts';
import { type Key, NAMES } from './design.ts';
import { type Score, scoreOf } from './measured.ts';

function curveOf(run: RunResult, set: keyof Score): Point[] {
  return replicaCurve(run, firstSound(run), set, 'accuracy');
}

const SHOWN: readonly Key[] = ['fine-tuned', 'longer', 'replay', 'scratch', 'big-fine-tuned'];

/** Accuracy of the first seed that did not diverge while it is trained for the domain, beside the generalist's. */
export function learningFigure(runs: ReadonlyMap<Key, RunResult>, set: keyof Score, title: Text): Figure {
  const shown = SHOWN.filter((key) => runs.has(key));
  const lines = shown.map((key) => ({
    // Who begins from nothing would stretch the axis down to nothing.
    ...series(
      NAMES[key],
      'kind',
      'line',
      curveOf(runs.get(key)!, set).filter(({ x }) => key !== 'scratch' || x > 0),
    ),
    rank: [SHOWN.indexOf(key), SHOWN.length] as [number, number],
  }));
  const generalist = runs.get('generalist');
  const level = generalist ? (scoreOf(generalist)[set].find(Number.isFinite) ?? NaN) : NaN;
  const last = Math.max(1, ...lines.flatMap(({ x }) => x));
  return {
    name: set,
    title,
    x: { label: text('steps of fine-tuning', '微调的步数'), scale: 'linear' },
    y: { label: quantities.SHARE_RIGHT, scale: 'linear' },
    series: [...lines, ...(Number.isFinite(level) ? [levelLine(NAMES.generalist, level, [0, last])] : [])],
    marks: marksOf(runs, set, shown),
  };
}

/** What is learned shows in the domain, what is forgotten on the general mix. */
function marksOf(
  runs: ReadonlyMap<Key, RunResult>,
  set: keyof Score,
  shown: readonly Key[],
): NonNullable<Figure['marks']> {
  const end = (key: Key): { x: number; series: number } | undefined => {
    const run = runs.get(key);
    return run && { x: run.step, series: shown.indexOf(key) };
  };
  const [tuned, replay] = [end('fine-tuned'), end('replay')];
  if (set === 'general') return { ...(tuned && { forgotten: tuned }), ...(replay && { replay }) };
  return {
    ...(runs.has('generalist') && { generalist: { series: shown.length } }),
    ...(tuned && { small: { x: 0, series: tuned.series }, 'fine-tuned': tuned }),
  };
}
