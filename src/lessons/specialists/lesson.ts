/**
 * Can a small domain model beat a big generalist? Both are trained on a general mix; then the small one is fine-tuned
 * on one domain, with and without replay of the mix.
 */
import { median } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type {
  Figure,
  Findings,
  Lesson,
  PlannedItem,
  Results,
  Size,
  Table,
  Text,
  Verdict,
} from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import * as quantities from '../shared/quantities.ts';
import { firstSound, lastMetrics, replicaCurve } from '../shared/replicas.ts';
import { finished, type Point } from '../shared/runs.ts';
import { levelLine, series } from '../shared/series.ts';
import { text } from '../shared/text.ts';

interface Model {
  width: number;
  learningRate: number;
}

interface Design {
  big: Model;
  small: Model;
  /** of general training */
  steps: number;
  fineTuningSteps: number;
  replaySteps: number;
  seeds: number;
}

const STANDARD: Design = {
  big: { width: 128, learningRate: 7e-3 },
  small: { width: 32, learningRate: 2e-2 },
  steps: 2000,
  fineTuningSteps: 200,
  replaySteps: 400,
  seeds: 3,
};

const DESIGNS: Record<Size, Design> = {
  small: {
    big: { width: 64, learningRate: 1e-2 },
    small: { width: 16, learningRate: 2e-2 },
    steps: 800,
    fineTuningSteps: 200,
    replaySteps: 200,
    seeds: 3,
  },
  standard: STANDARD,
  large: { ...STANDARD, seeds: 8 },
};

const BATCH = 512;
/** The learning rate of fine-tuning as a share of that of general training. */
const GENTLER = 0.7;
/** Share of the domain in the examples of a run with replay. */
const WITH_REPLAY = 0.7;

const NAMES = {
  generalist: text('big, general', '大模型，通用'),
  small: text('small, general', '小模型，通用'),
  'fine-tuned': text('small, fine-tuned', '小模型，微调'),
  replay: text('small, fine-tuned with replay', '小模型，带回放的微调'),
  longer: text('small, fine-tuned twice as long', '小模型，微调两倍的时间'),
  scratch: text('small, domain only', '小模型，只学领域'),
  'big-fine-tuned': text('big, fine-tuned', '大模型，微调'),
} as const satisfies Record<string, Text>;

type Key = keyof typeof NAMES;
const KEYS = Object.keys(NAMES) as Key[];
/** Without these there is no verdict. */
const NEEDED: readonly Key[] = ['generalist', 'small', 'fine-tuned', 'replay'];

const FEWEST_SEEDS = 3;
/** Accuracy on the general mix that fine-tuning loses at least, and with replay at most. */
const FORGETS = 0.15;
const KEEPS = 0.05;

const REFUTED_BY = text(
  `A fine-tuned small model no better in the domain than the generalist in some seed, or one that forgets less than ${FORGETS}; or replay that loses the gain, or more than ${KEEPS} elsewhere.`,
  `在某个种子里，微调后的小模型在领域上并不优于通才，或者遗忘少于 ${FORGETS}；或者加上回放就没有了优势，或者在别处损失超过 ${KEEPS}。`,
);

export const lesson: Lesson = {
  name: 'specialists',
  title: text('Specialists', '专才'),
  plan: (size, seed) => {
    const { big, small, steps, fineTuningSteps, replaySteps, seeds } = DESIGNS[size];
    const gentle = (model: Model): Model => ({ ...model, learningRate: GENTLER * model.learningRate });
    const run = (
      key: Key,
      { width, learningRate }: Model,
      steps: number,
      share: number,
      from?: Key,
    ): PlannedItem => ({
      key,
      spec: { ...domainSpec(width, steps, share), learningRate, seed, dataSeed: seed, replicas: seeds },
      ...(from && { from }),
    });
    return [
      run('generalist', big, steps, 0),
      run('small', small, steps, 0),
      run('fine-tuned', gentle(small), fineTuningSteps, 1, 'small'),
      run('replay', gentle(small), replaySteps, WITH_REPLAY, 'small'),
      run('longer', gentle(small), 2 * fineTuningSteps, 1, 'small'),
      run('scratch', small, fineTuningSteps, 1),
      run('big-fine-tuned', gentle(big), fineTuningSteps, 1, 'generalist'),
    ];
  },
  judge,
};

/** w: two embeddings of w/2 side by side with the domain's added, one hidden layer of 2w. */
function domainSpec(width: number, steps: number, share: number): Record<string, unknown> {
  return {
    task: { name: 'domains', share, pool: BATCH * steps, validation: 256 },
    model: { kind: 'mlp', embedding: width / 2, hidden: [2 * width], activation: 'gelu', outputScale: 0.1 },
    optimizer: { name: 'adamw', beta2: 0.99 },
    batch: BATCH,
    steps,
    evaluate: { every: steps / 4 },
  };
}

/** Accuracy of a model in the domain and on the general mix, by seed. */
interface Score {
  domain: number[];
  general: number[];
}

function judge(results: Results): Findings {
  const runs = new Map(
    KEYS.flatMap((key): [Key, RunResult][] => {
      const run = finished(results, key);
      return run ? [[key, run]] : [];
    }),
  );
  const scores = new Map([...runs].map(([key, run]) => [key, scoreOf(run)]));
  return {
    tables: [scoreTable(runs, scores)],
    figures: [
      learningFigure(runs, 'domain', text('In the domain', '在领域中')),
      learningFigure(runs, 'general', text('On the general mix', '在通用混合上')),
    ],
    fits: {},
    verdict: verdictOf(results, scores),
  };
}

function scoreOf(run: RunResult): Score {
  return {
    domain: lastMetrics(run, 'domain', 'accuracy'),
    general: lastMetrics(run, 'general', 'accuracy'),
  };
}

/** a − b, seed by seed; nothing where one of them is missing. */
function differences(a: readonly number[] | undefined, b: readonly number[] | undefined): number[] {
  return (a ?? []).map((value, i) => value - (b?.[i] ?? NaN)).filter(Number.isFinite);
}

function verdictOf(results: Results, scores: ReadonlyMap<Key, Score>): Verdict {
  const of = (key: Key, set: keyof Score): number[] | undefined => scores.get(key)?.[set];
  const gains = differences(of('fine-tuned', 'domain'), of('generalist', 'domain'));
  const losses = differences(of('small', 'general'), of('fine-tuned', 'general'));
  const replayGains = differences(of('replay', 'domain'), of('generalist', 'domain'));
  const replayLosses = differences(of('small', 'general'), of('replay', 'general'));
  const numbers = known({
    gain: median(gains),
    forgetting: median(losses),
    replayGain: median(replayGains),
    replayForgetting: median(replayLosses),
    longerGain: median(differences(of('longer', 'domain'), of('generalist', 'domain'))),
    transfer: median(differences(of('fine-tuned', 'domain'), of('scratch', 'domain'))),
    bigGain: median(differences(of('big-fine-tuned', 'domain'), of('fine-tuned', 'domain'))),
  });
  const missing = gap(results, NEEDED);
  if (missing) return notEnough(missing, REFUTED_BY, numbers);
  const compared = [gains, losses, replayGains, replayLosses];
  const fewest = Math.min(...compared.map((values) => values.length));
  if (fewest < FEWEST_SEEDS) {
    return notEnough(
      text(
        `Only ${fewest} seeds could be compared; the difference is small, so ${FEWEST_SEEDS} are needed.`,
        `只有 ${fewest} 个种子可以比较；差别很小，至少需要 ${FEWEST_SEEDS} 个。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const holds =
    gains.every((gain) => gain > 0) &&
    losses.every((loss) => loss >= FORGETS) &&
    replayGains.every((gain) => gain > 0) &&
    replayLosses.every((loss) => loss <= KEEPS);
  const [gain, lost, replayGain, replayLost] = compared.map((values) => median(values)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    outcome: holds ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `In the domain the fine-tuned small model is ${signed(gain)} from the generalist and loses ${lost.toFixed(2)} on the general mix; with replay ${signed(replayGain)} and ${replayLost.toFixed(3)} (medians of ${fewest} seeds).`,
      `在领域中，微调后的小模型与通才相差 ${signed(gain)}，在通用混合上损失 ${lost.toFixed(2)}；加上回放分别是 ${signed(replayGain)} 和 ${replayLost.toFixed(3)}（${fewest} 个种子的中位数）。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function scoreTable(runs: ReadonlyMap<Key, RunResult>, scores: ReadonlyMap<Key, Score>): Table {
  const middle = (values: readonly number[] | undefined): number | null => {
    const value = median((values ?? []).filter(Number.isFinite));
    return Number.isFinite(value) ? value : null;
  };
  return {
    name: 'models',
    title: text('Accuracy at the end, median of the seeds', '最后的准确率，各种子的中位数'),
    columns: [
      { key: 'model', title: text('model', '模型') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'domain', title: text('in the domain', '在领域中') },
      { key: 'general', title: text('on the general mix', '在通用混合上') },
      { key: 'gain', title: text('domain, from the generalist', '领域，与通才之差') },
    ],
    rows: [...runs].map(([key, run]) => [
      key,
      run.parameters,
      run.step,
      middle(scores.get(key)?.domain),
      middle(scores.get(key)?.general),
      middle(differences(scores.get(key)?.domain, scores.get('generalist')?.domain)),
    ]),
  };
}

function curveOf(run: RunResult, set: keyof Score): Point[] {
  return replicaCurve(run, firstSound(run), set, 'accuracy');
}

const SHOWN: readonly Key[] = ['fine-tuned', 'longer', 'replay', 'scratch', 'big-fine-tuned'];

/** Accuracy of the first seed that did not diverge while it is trained for the domain, beside the generalist's. */
function learningFigure(runs: ReadonlyMap<Key, RunResult>, set: keyof Score, title: Text): Figure {
  const shown = SHOWN.filter((key) => runs.has(key));
  const lines = shown.map((key) => ({
    ...series(NAMES[key], 'size', 'line', curveOf(runs.get(key)!, set)),
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
