/** Figures of learning: the loss over the steps, and by learning rate. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { replicaCurve } from '../shared/replicas.ts';
import { trainingCurve } from '../shared/runs.ts';
import { levelLine, series } from '../shared/series.ts';
import { same, text } from '../shared/text.ts';
import { RATES } from './design.ts';
import { AT_FLOOR, dropStep } from './measured.ts';

const NAMES = [
  text('usual rate', '通常的学习率'),
  text('a tenth of it', '它的十分之一'),
  text('thirty times it', '它的三十倍'),
] as const;

const STEP = { label: quantities.STEP, scale: 'log' } as const;
const LOSS = { label: quantities.SQUARED_ERROR, scale: 'log' } as const;

/** Without the ripples 0.3 sin 9x the loss is their mean square and the noise, about 0.055; here that is nearly reached. */
const WITHOUT_RIPPLES = 0.07;

export function curveFigure(run: RunResult): Figure {
  const curve = (set: string) => replicaCurve(run, 0, set, 'loss').filter(({ x }) => x > 0);
  const train = trainingCurve(run);
  const heldOut = curve('validation');
  const slowWave = train.find(({ y }) => y <= WITHOUT_RIPPLES)?.x;
  const floor = heldOut.find(({ y }) => y <= AT_FLOOR[1] * (run.floor ?? 0))?.x;
  return {
    name: 'curve',
    title: text('Loss at the usual rate', '通常学习率下的损失'),
    x: STEP,
    y: LOSS,
    series: [
      series(text('on the points', '训练点上'), 'train', 'line', train),
      series(text('on held-out points', '留出点上'), 'validation', 'line', heldOut),
      series(text('against the line itself', '与真实曲线相比'), 'measured', 'line', curve('clean')),
      ...(run.floor ? [levelLine(text('noise floor', '噪声下限'), run.floor, [1, run.step])] : []),
    ],
    marks: {
      start: { x: 1, series: 0 },
      ...(slowWave !== undefined && { 'slow-wave': { x: slowWave, series: 0 } }),
      'rate-drop': { x: dropStep(run), series: 0 },
      ...(floor !== undefined && { floor: { x: floor, series: 1 } }),
    },
  };
}

export function rateFigure(run: RunResult): Figure {
  return {
    name: 'rates',
    title: text('Loss on the points at three learning rates', '三种学习率下训练点上的损失'),
    x: STEP,
    y: LOSS,
    series: [
      ...NAMES.map((name, i) => ({
        ...series(name, 'size', 'line', trainingCurve(run, 60, i)),
        // From slow to fast.
        rank: [[1, 0, 2][i]!, RATES.length] as [number, number],
      })),
      ...(run.floor ? [levelLine(same('σ²'), run.floor, [1, run.step])] : []),
    ],
  };
}
