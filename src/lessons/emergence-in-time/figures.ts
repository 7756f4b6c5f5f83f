/** Figures of emergence-in-time: grokking, and copying over the steps. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { firstSound, replicaCurve } from '../shared/replicas.ts';
import { type Point, trainingCurve } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';
import { COPIES, delaysOf, numbersOf } from './measured.ts';

const ACCURACY = { label: quantities.SHARE_RIGHT, scale: 'linear' } as const;

/** The first seed; step 0 has no place on a logarithmic axis. */
function accuracyCurve(run: RunResult, set: string): Point[] {
  return replicaCurve(run, firstSound(run), set, 'accuracy').filter(({ x }) => x > 0);
}

export function grokkingFigure(
  grokking: RunResult,
  control: RunResult | undefined,
  squared: RunResult | undefined,
): Figure {
  const { trainStep, testStep } = numbersOf(delaysOf(grokking));
  const squaredStep = control && squared && numbersOf(delaysOf(squared)).testStep;
  return {
    name: 'grokking',
    title: text('Addition modulo a prime', '模素数加法'),
    x: { label: quantities.STEP, scale: 'log' },
    y: ACCURACY,
    series: [
      series(text('on its examples', '训练样本上'), 'train', 'line', accuracyCurve(grokking, 'train')),
      series(text('held out', '留出'), 'validation', 'line', accuracyCurve(grokking, 'validation')),
      ...(control
        ? [
            series(
              text('held out, without weight decay', '留出，不用权重衰减'),
              'control',
              'line',
              accuracyCurve(control, 'validation'),
            ),
          ]
        : []),
      ...(squared
        ? [
            series(
              text('held out, without it, squared error', '留出，不用权重衰减，均方误差'),
              'measured',
              'line',
              accuracyCurve(squared, 'validation'),
            ),
          ]
        : []),
    ],
    marks: {
      ...(trainStep !== undefined && { 'train-99': { x: trainStep, series: 0 } }),
      ...(testStep !== undefined && { 'test-95': { x: testStep, series: 1 } }),
      ...(trainStep !== undefined &&
        testStep !== undefined && { memorised: { x: Math.sqrt(trainStep * testStep), series: 1 } }),
      ...(control && { control: { x: control.step, series: 2 } }),
      ...(squaredStep !== undefined && { 'squared-error': { x: squaredStep, series: 3 } }),
    },
  };
}

const TWO = text('two layers', '两层');
const ONE = text('one layer', '一层');

export function copyingFigure(two: RunResult | undefined, one: RunResult | undefined): Figure {
  const curves = [two, one].map((run) =>
    run ? replicaCurve(run, firstSound(run), 'validation', 'accuracy') : [],
  );
  const [ofTwo, ofOne] = curves as [Point[], Point[]];
  const copied = ofTwo.find(({ y }) => y >= COPIES);
  const last = ofOne.at(-1);
  return {
    name: 'copying',
    title: text('Copying a sequence that repeats', '复制重复的序列'),
    x: { label: quantities.STEP, scale: 'linear' },
    y: ACCURACY,
    series: [series(TWO, 'measured', 'line', ofTwo), series(ONE, 'control', 'line', ofOne)],
    marks: {
      ...(copied && { copying: { x: copied.x, series: 0 } }),
      ...(last && { 'one-layer': { x: last.x, series: 1 } }),
    },
  };
}

export function copyingLossFigure(two: RunResult | undefined, one: RunResult | undefined): Figure {
  return {
    name: 'copying-loss',
    title: text('The loss falls as suddenly', '损失同样突然下降'),
    x: { label: quantities.STEP, scale: 'log' },
    y: { label: quantities.LOSS, scale: 'linear' },
    series: [
      ...(two ? [series(TWO, 'measured', 'line', trainingCurve(two))] : []),
      ...(one ? [series(ONE, 'control', 'line', trainingCurve(one))] : []),
    ],
  };
}
