/** What is a loss curve? A small network fits a noisy curve, at three learning rates and in four widths. */
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import * as quantities from '../shared/quantities.ts';
import { isSound, lastMetrics, meanLoss, replicaCurve } from '../shared/replicas.ts';
import { finished, trainingCurve } from '../shared/runs.ts';
import { levelLine, series } from '../shared/series.ts';
import { same, scientific, text } from '../shared/text.ts';

const WIDTH = 32;
/** The usual rate, a tenth of it, and ten times it: one replica each. */
const RATES = [1e-2, 1e-3, 1e-1];
const NAMES = [
  text('usual rate', '通常的学习率'),
  text('a tenth of it', '它的十分之一'),
  text('ten times it', '它的十倍'),
] as const;

/** Widths that are trained beside the usual one, at the usual rate. */
const OTHER_WIDTHS: Record<Size, number[]> = {
  small: [2],
  standard: [2, 8, 64],
  large: [2, 4, 8, 16, 64, 128],
};

/** Held-out error over the noise floor: below the first only by luck of the sample, above the second not there yet. */
const AT_FLOOR = [0.85, 2] as const;
/** The training loss at the end is a mean over so many steps. */
const LAST_STEPS = 20;

const RUN = 'rates';

const REFUTED_BY = text(
  'Held-out error far under the noise floor, or stuck at more than twice the floor; or a tenth of the learning rate getting as far in the same time.',
  '留出误差远低于噪声水平，或者停在噪声水平的两倍以上；或者十分之一的学习率在同样的时间里走得一样远。',
);

export const lesson: Lesson = {
  name: 'learning',
  title: text('Learning', '学习'),
  plan: (size, seed) => [
    { key: RUN, spec: { ...sineSpec(WIDTH, seed), learningRates: RATES, replicas: RATES.length } },
    ...OTHER_WIDTHS[size].map((width) => ({ key: `w${width}`, spec: sineSpec(width, seed) })),
  ],
  judge,
};

function sineSpec(width: number, seed: number): Record<string, unknown> {
  return {
    task: { name: 'sine' },
    model: { kind: 'mlp', hidden: [width, width], activation: 'tanh', outputScale: 1 },
    optimizer: { name: 'adamw', beta2: 0.999 },
    // 1e-3 from step 1,200 on.
    schedule: { name: 'drop', warmup: 0, decay: 0.4, final: 0.1 },
    learningRate: RATES[0],
    batch: 256,
    steps: 2000,
    evaluate: { spacing: 'log-step', every: 1.08 },
    seed,
    dataSeed: seed,
  };
}

function judge(results: Results, size: Size): Findings {
  const main = finished(results, RUN);
  const runs = [...OTHER_WIDTHS[size].map((width) => `w${width}`), RUN].flatMap(
    (key) => finished(results, key) ?? [],
  );
  return {
    tables: [...(main ? [rateTable(main)] : []), widthTable(runs)],
    figures: main ? [curveFigure(main), rateFigure(main)] : [],
    fits: {},
    verdict: verdictOf(results, main),
  };
}

const lastLoss = (run: RunResult, replica: number): number =>
  isSound(run, replica) ? meanLoss(run, replica, run.step - LAST_STEPS) : NaN;

/** The first step at the low rate. */
function dropStep(run: RunResult): number {
  return Math.round((1 - run.spec.schedule.decay) * run.spec.steps);
}

function verdictOf(results: Results, run: RunResult | undefined): Verdict {
  if (!run) {
    return notEnough(gap(results, [RUN]) ?? text('There is no run.', '还没有训练。'), REFUTED_BY);
  }
  const [trainLoss = NaN, slowLoss = NaN, fastLoss = NaN] = RATES.map((_, i) => lastLoss(run, i));
  const heldOutLoss = lastMetrics(run, 'validation', 'loss')[0] ?? NaN;
  const noiseFloor = run.floor ?? 0;
  const before = dropStep(run);
  const numbers = known({
    trainLoss,
    cleanLoss: lastMetrics(run, 'clean', 'loss')[0],
    heldOutLoss,
    noiseFloor,
    slowLoss,
    fastLoss,
    lossBeforeDrop: meanLoss(run, 0, before - 2 * LAST_STEPS, before),
    fastLossBeforeDrop: meanLoss(run, 2, before - 2 * LAST_STEPS, before),
  });
  if (![trainLoss, slowLoss, heldOutLoss].every(Number.isFinite)) {
    return notEnough(
      text('The loss was no longer a finite number.', '损失已不是有限的数。'),
      REFUTED_BY,
      numbers,
    );
  }
  if (!(noiseFloor > 0)) {
    return notEnough(
      text('Without noise there is no floor to fall to.', '没有噪声，也就没有可以降到的下限。'),
      REFUTED_BY,
      numbers,
    );
  }
  const ratio = heldOutLoss / noiseFloor;
  const holds = ratio >= AT_FLOOR[0] && ratio <= AT_FLOOR[1] && slowLoss > trainLoss;
  const [held, floor, usual, slow, fast] = [heldOutLoss, noiseFloor, trainLoss, slowLoss, fastLoss].map(
    (number) => scientific(number, 3),
  ) as [string, string, string, string, string];
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `Held-out error ended at ${held}, with a noise floor of ${floor}; the loss on the points at ${usual}, with a tenth of the learning rate at ${slow}, with ten times it at ${fast}.`,
      `留出误差最后是 ${held}，噪声水平是 ${floor}；训练点上的损失是 ${usual}，学习率为十分之一时是 ${slow}，为十倍时是 ${fast}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function rateTable(run: RunResult): Table {
  const clean = lastMetrics(run, 'clean', 'loss');
  const heldOut = lastMetrics(run, 'validation', 'loss');
  return {
    name: 'rates',
    title: text('Mean squared error at the end, by learning rate', '各学习率最后的均方误差'),
    columns: [
      { key: 'rate', title: text('learning rate', '学习率') },
      { key: 'train', title: text('on the points', '训练点上') },
      { key: 'heldOut', title: text('on held-out points', '留出点上') },
      { key: 'clean', title: text('against the line itself', '与真实曲线相比') },
    ],
    rows: clean.map((loss, i) => [
      run.spec.learningRates[i] ?? run.spec.learningRate,
      orNull(lastLoss(run, i)),
      orNull(heldOut[i]),
      orNull(loss),
    ]),
  };
}

function widthTable(runs: readonly RunResult[]): Table {
  const rows = runs
    .map((run) => [
      run.parameters,
      orNull(lastLoss(run, 0)),
      orNull(lastMetrics(run, 'validation', 'loss')[0]),
      orNull(lastMetrics(run, 'clean', 'loss')[0]),
    ])
    .sort((a, b) => a[0]! - b[0]!);
  return {
    name: 'sizes',
    title: text('Mean squared error at the end, by size', '各种大小最后的均方误差'),
    columns: [
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'train', title: text('on the points', '训练点上') },
      { key: 'heldOut', title: text('on held-out points', '留出点上') },
      { key: 'clean', title: text('against the line itself', '与真实曲线相比') },
    ],
    rows,
  };
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

const STEP = { label: quantities.STEP, scale: 'log' } as const;
const LOSS = { label: quantities.SQUARED_ERROR, scale: 'log' } as const;

/** Without the ripples 0.3 sin 9x the loss is their mean square and the noise, about 0.055; here that is nearly reached. */
const WITHOUT_RIPPLES = 0.07;

function curveFigure(run: RunResult): Figure {
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
      ...(run.floor ? [levelLine(text('noise floor', '噪声水平'), run.floor, [1, run.step])] : []),
    ],
    marks: {
      start: { x: 1, series: 0 },
      ...(slowWave !== undefined && { 'slow-wave': { x: slowWave, series: 0 } }),
      'rate-drop': { x: dropStep(run), series: 0 },
      ...(floor !== undefined && { floor: { x: floor, series: 1 } }),
    },
  };
}

function rateFigure(run: RunResult): Figure {
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
