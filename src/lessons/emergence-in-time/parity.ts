/**
 * Sparse parity, at the large size: the score stays at chance for long and then jumps, while the weights move all the
 * time. Barak et al. 2022, arXiv:2207.08799.
 */
import { median } from '../../scaling/index.ts';
import type { RunResult, SpecInput } from '../../worker/protocol.ts';
import type { Figure, Text } from '../lesson.ts';
import { firstSound, independent, replicaCurve } from '../shared/replicas.ts';
import type { Point } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';

export const PARITY = 'parity';

const STEPS = 2500;
const BATCH = 128;
/** Held-out accuracy that counts as solved, and below which nothing shows: chance is .5. */
const SOLVED = 0.95;
const HIDDEN = 0.6;

/** n 40, k 3; the rate is for the cross-entropy of two classes, whose slope at 0 is a half of that of a hinge. */
export function paritySpec(seed: number, seeds: number): SpecInput {
  return {
    task: { name: 'sparse-parity', bits: 40, relevant: 3, pool: 2 ** Math.ceil(Math.log2(BATCH * STEPS)) },
    model: { kind: 'mlp', hidden: [64], activation: 'relu' },
    optimizer: { name: 'sgd' },
    schedule: { name: 'constant', warmup: 0 },
    learningRate: 0.4,
    batch: BATCH,
    steps: STEPS,
    evaluate: { every: 50, movement: true },
    seed,
    dataSeed: seed,
    ...independent(seeds),
  };
}

export interface Parity {
  /** first step at which a seed has solved it, median over those that do; NaN where none does */
  paritySolved: number;
  /** last step at which nothing shows, median over the same seeds */
  parityHidden: number;
  /** share of the final ‖w − w₀‖ that is covered by then */
  parityMoved: number;
}

export function parityNumbers(run: RunResult): Parity {
  const seeds = Array.from({ length: run.spec.replicas }, (_, r) => {
    const accuracy = replicaCurve(run, r, 'validation', 'accuracy');
    const solved = accuracy.find(({ y }) => y >= SOLVED);
    const hidden = accuracy.findLast(({ x, y }) => y < HIDDEN && x < (solved?.x ?? 0));
    const share = shareMoved(run, r).find(({ x }) => x === hidden?.x);
    return solved && hidden && share ? [{ solved: solved.x, hidden: hidden.x, share: share.y }] : [];
  }).flat();
  return {
    paritySolved: median(seeds.map(({ solved }) => solved)),
    parityHidden: median(seeds.map(({ hidden }) => hidden)),
    parityMoved: median(seeds.map(({ share }) => share)),
  };
}

export function paritySentence({ paritySolved, parityHidden, parityMoved }: Parity): Text | undefined {
  if (![paritySolved, parityHidden, parityMoved].every(Number.isFinite)) return undefined;
  const share = `${Math.round(100 * parityMoved)}%`;
  return text(
    ` Parity was solved at step ${paritySolved}; at step ${parityHidden}, when nothing showed yet, the weights had gone ${share} of their way.`,
    `稀疏奇偶问题在第 ${paritySolved} 步学会；第 ${parityHidden} 步还什么都看不出来时，权重已走完全程的 ${share}。`,
  );
}

function shareMoved(run: RunResult, replica: number): Point[] {
  const curve = replicaCurve(run, replica, 'validation', 'moved');
  const most = Math.max(...curve.map(({ y }) => y));
  return curve.map(({ x, y }) => ({ x, y: y / most }));
}

/** The first seed. */
export function parityFigure(run: RunResult): Figure {
  return {
    name: 'parity',
    title: text('Three hidden bits of forty', '四十个比特里的三个'),
    x: { label: text('step', '步'), scale: 'linear' },
    y: { label: text('share', '比例'), scale: 'linear' },
    series: [
      series(
        text('held-out answers right', '留出的答对比例'),
        'measured',
        'line',
        replicaCurve(run, firstSound(run), 'validation', 'accuracy'),
      ),
      series(
        text('distance of the weights from their start, of the longest', '权重离起点的距离，占最远时的比例'),
        'reference',
        'line',
        shareMoved(run, firstSound(run)),
      ),
    ],
  };
}
