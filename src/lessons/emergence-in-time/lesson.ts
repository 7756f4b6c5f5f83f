/**
 * Do abilities appear suddenly in training? Grokking with its control, and a transformer that learns to copy beside
 * one that has a layer too few.
 */
import { grokkingDelay, type GrokkingDelay, isRefusal, median } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Results, Size, Table, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import * as quantities from '../shared/quantities.ts';
import { firstSound, replicaCurve, soundCount, soundMetrics } from '../shared/replicas.ts';
import { finished, type Point, trainingCurve } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';
import { PARITY, parityFigure, parityNumbers, paritySentence, paritySpec } from './parity.ts';

interface Design {
  prime: number;
  /** share of the pairs to train on */
  fraction: number;
  /** width of the hidden layer */
  hidden: number;
  /** of the induction runs */
  batch: number;
  inductionSteps: number;
  seeds: number;
  /** whether sparse parity is learned too */
  parity?: boolean;
}

const STANDARD = { prime: 59, fraction: 0.4, hidden: 128, batch: 64, inductionSteps: 600, seeds: 1 };

const DESIGNS: Record<Size, Design> = {
  small: { prime: 37, fraction: 0.5, hidden: 96, batch: 32, inductionSteps: 400, seeds: 1 },
  standard: STANDARD,
  large: { ...STANDARD, seeds: 5, parity: true },
};

const GROKKING_STEPS = 1000;
const KEYS = ['grokking', 'control', 'two-layers', 'one-layer'] as const;

const LEVELS = { train: 0.99, validation: 0.95 };
const LEAST_RATIO = 3;
const MOST_CONTROL = 0.1;
const COPIES = 0.9;
const CANNOT_COPY = 0.4;

const REFUTED_BY = text(
  `Held-out accuracy passing 95% before ${LEAST_RATIO} times the step at which training passed 99%; a control without weight decay above ${MOST_CONTROL}; or one layer copying as well as two.`,
  `留出准确率在训练准确率超过 99% 的步数的 ${LEAST_RATIO} 倍之前就超过 95%；不用权重衰减的对照高于 ${MOST_CONTROL}；或者一层复制得和两层一样好。`,
);

export const lesson: Lesson = {
  name: 'emergence-in-time',
  title: text('Emergence in time', '随时间涌现'),
  plan: (size, seed) => {
    const design = DESIGNS[size];
    return [
      { key: 'grokking', spec: grokkingSpec(design, seed, 1) },
      { key: 'control', spec: grokkingSpec(design, seed, 0) },
      { key: 'two-layers', spec: inductionSpec(design, seed, 2) },
      { key: 'one-layer', spec: inductionSpec(design, seed, 1) },
      ...(design.parity ? [{ key: PARITY, spec: paritySpec(seed, design.seeds) }] : []),
    ];
  },
  judge,
};

/** (Wa[a] + Wb[b])² Wo without biases, on all pairs at once. */
function grokkingSpec(
  { prime, fraction, hidden, seeds }: Design,
  seed: number,
  weightDecay: number,
): Record<string, unknown> {
  return {
    task: { name: 'modular-addition', prime, fraction },
    model: {
      kind: 'mlp',
      combine: 'sum',
      embedding: hidden,
      hidden: [],
      activation: 'square',
      bias: false,
      embeddingScale: 0.3,
      outputScale: 1,
    },
    // The control does not spell it out, so that presets leave it without.
    optimizer: { name: 'adamw', beta2: 0.98, ...(weightDecay > 0 && { weightDecay }) },
    schedule: { name: 'constant', warmup: 0 },
    learningRate: 5e-3,
    batch: Math.round(fraction * prime ** 2),
    steps: GROKKING_STEPS,
    evaluate: { every: 10 },
    seed,
    dataSeed: seed,
    replicas: seeds,
  };
}

/** A transformer of attention alone. */
function inductionSpec(
  { batch, inductionSteps, seeds }: Design,
  seed: number,
  layers: number,
): Record<string, unknown> {
  return {
    task: { name: 'induction', pool: batch * inductionSteps, validation: 128 },
    model: { kind: 'transformer', layers, width: 32, heads: 2, mlp: false },
    schedule: { name: 'constant', warmup: 0 },
    learningRate: 3e-3,
    batch,
    steps: inductionSteps,
    evaluate: { every: 25 },
    seed,
    dataSeed: seed,
    replicas: seeds,
  };
}

/** What a verdict rests on, medians over the seeds unless it says otherwise. */
interface Measured {
  /** of the seeds that learned their examples and found the rule */
  delays: GrokkingDelay[];
  seeds: number;
  /** the most and the least of the seeds */
  controlAccuracy: number;
  controlTrainAccuracy: number;
  twoLayers: number;
  oneLayer: number;
  /** of the seeds that learned to copy; NaN where none did */
  copyStep: number;
}

function judge(results: Results): Findings {
  const [grokking, control, two, one] = KEYS.map((key) => finished(results, key));
  const parity = finished(results, PARITY);
  return {
    tables: [runTable(results)],
    figures: [
      ...(grokking ? [grokkingFigure(grokking, control)] : []),
      ...(two || one ? [copyingFigure(two, one), copyingLossFigure(two, one)] : []),
      ...(parity ? [parityFigure(parity)] : []),
    ],
    fits: {},
    verdict:
      grokking && control && two && one
        ? withParity(verdictOf(measure(grokking, control, two, one)), parity)
        : notEnough(
            gap(results, KEYS) ?? text('Runs are missing.', '缺少训练。'),
            REFUTED_BY,
            grokking && numbersOf(delaysOf(grokking)),
          ),
  };
}

/** Parity stands beside the verdict, which rests on grokking and on copying. */
function withParity(verdict: Verdict, run: RunResult | undefined): Verdict {
  if (!run) return verdict;
  const numbers = parityNumbers(run);
  const more = paritySentence(numbers);
  const { sentence } = verdict;
  return {
    ...verdict,
    numbers: { ...verdict.numbers, ...known({ ...numbers }) },
    ...(more && { sentence: text(sentence.en + more.en, sentence.zh + more.zh) }),
  };
}

function measure(grokking: RunResult, control: RunResult, two: RunResult, one: RunResult): Measured {
  const copySteps = Array.from({ length: two.spec.replicas }, (_, r) =>
    replicaCurve(two, r, 'validation', 'accuracy').find(({ y }) => y >= COPIES),
  ).flatMap((point) => point?.x ?? []);
  return {
    delays: delaysOf(grokking),
    seeds: soundCount(grokking),
    controlAccuracy: Math.max(...soundMetrics(control, 'validation', 'accuracy')),
    controlTrainAccuracy: Math.min(...soundMetrics(control, 'train', 'accuracy')),
    twoLayers: Math.min(...soundMetrics(two, 'validation', 'accuracy')),
    oneLayer: Math.max(...soundMetrics(one, 'validation', 'accuracy')),
    copyStep: median(copySteps),
  };
}

function delaysOf(run: RunResult): GrokkingDelay[] {
  return Array.from({ length: run.spec.replicas }, (_, r) => {
    const train = replicaCurve(run, r, 'train', 'accuracy');
    const curve = replicaCurve(run, r, 'validation', 'accuracy').map(({ x, y }, i) => ({
      step: x,
      train: train[i]?.y ?? NaN,
      validation: y,
    }));
    return grokkingDelay(curve, LEVELS);
  }).flatMap((delay) => (isRefusal(delay) ? [] : [delay]));
}

function numbersOf(delays: readonly GrokkingDelay[]): Record<string, number> {
  const reached = delays.filter((delay) => delay.reached);
  return known({
    trainStep: median(delays.map(({ trainStep }) => trainStep)),
    testStep: median(reached.map(({ validationStep }) => validationStep!)),
    ratio: median(reached.map(({ ratio }) => ratio)),
  });
}

function verdictOf(measured: Measured): Verdict {
  const { delays, seeds, controlAccuracy, controlTrainAccuracy, twoLayers, oneLayer, copyStep } = measured;
  const { trainStep, testStep, ratio } = numbersOf(delays);
  const numbers = known({
    trainStep,
    testStep,
    ratio,
    controlAccuracy,
    inductionTwoLayers: twoLayers,
    inductionOneLayer: oneLayer,
    copyStep,
  });
  const enough = (reason: [en: string, zh: string]): Verdict =>
    notEnough(text(...reason), REFUTED_BY, numbers);
  if (![controlAccuracy, controlTrainAccuracy, twoLayers, oneLayer].every(Number.isFinite)) {
    return enough(['A loss was no longer a finite number.', '有一次训练的损失已不是有限的数。']);
  }
  if (delays.length < seeds || controlTrainAccuracy < LEVELS.train) {
    return enough([
      'The network did not learn its own examples, so there is no delay to measure.',
      '网络没有学会训练用的样本，因此没有延迟可量。',
    ]);
  }
  if (delays.some(({ reached }) => !reached) || ratio === undefined) {
    return enough([
      'Held-out accuracy has not passed 95% in these steps; it may do so later.',
      '留出准确率在这些步里没有超过 95%；再训练下去也许会。',
    ]);
  }
  const holds =
    delays.every((delay) => delay.ratio >= LEAST_RATIO) &&
    controlAccuracy < MOST_CONTROL &&
    twoLayers >= COPIES &&
    oneLayer < CANNOT_COPY;
  const [two, one, control] = [twoLayers, oneLayer, controlAccuracy].map((number) => number.toFixed(2)) as [
    string,
    string,
    string,
  ];
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `The examples were learned by step ${trainStep}, the rule by step ${testStep}, ${ratio.toFixed(1)} times as late; without weight decay held-out accuracy ended at ${control}. Two layers copy with accuracy ${two}, one with ${one}.`,
      `样本到第 ${trainStep} 步学会，规律到第 ${testStep} 步学会，晚到 ${ratio.toFixed(1)} 倍；不用权重衰减，留出准确率最后是 ${control}。两层的复制准确率是 ${two}，一层是 ${one}。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function runTable(results: Results): Table {
  return {
    name: 'runs',
    title: text('Accuracy at the end, median of the seeds', '最后的准确率，各种子的中位数'),
    columns: [
      { key: 'run', title: text('run', '训练') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'train', title: text('on its examples', '训练样本上') },
      { key: 'heldOut', title: text('held out', '留出') },
      { key: 'loss', title: text('held-out loss, nats', '留出损失，纳特') },
    ],
    rows: [...KEYS, PARITY].flatMap((key) => {
      const run = finished(results, key);
      if (!run) return [];
      const last = (set: string, metric: string): number | null => {
        const value = median(soundMetrics(run, set, metric));
        return Number.isFinite(value) ? value : null;
      };
      return [
        [
          key,
          run.parameters,
          run.step,
          last('train', 'accuracy'),
          last('validation', 'accuracy'),
          last('validation', 'loss'),
        ],
      ];
    }),
  };
}

const ACCURACY = { label: quantities.SHARE_RIGHT, scale: 'linear' } as const;

/** The first seed; step 0 has no place on a logarithmic axis. */
function accuracyCurve(run: RunResult, set: string): Point[] {
  return replicaCurve(run, firstSound(run), set, 'accuracy').filter(({ x }) => x > 0);
}

function grokkingFigure(grokking: RunResult, control: RunResult | undefined): Figure {
  const { trainStep, testStep } = numbersOf(delaysOf(grokking));
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
    ],
    marks: {
      ...(trainStep !== undefined && { 'train-99': { x: trainStep, series: 0 } }),
      ...(testStep !== undefined && { 'test-95': { x: testStep, series: 1 } }),
      ...(trainStep !== undefined &&
        testStep !== undefined && { memorised: { x: Math.sqrt(trainStep * testStep), series: 1 } }),
      ...(control && { control: { x: control.step, series: 2 } }),
    },
  };
}

const TWO = text('two layers', '两层');
const ONE = text('one layer', '一层');

function copyingFigure(two: RunResult | undefined, one: RunResult | undefined): Figure {
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

function copyingLossFigure(two: RunResult | undefined, one: RunResult | undefined): Figure {
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
