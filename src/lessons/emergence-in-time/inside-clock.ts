/** Numbers that go round a clock, and the neurons that become its waves. */
import { levels, type Picture } from '../../findings/pictures.ts';
import { over, remembering, stepsOf } from '../../inside/frames.ts';
import { tablesOf } from '../../inside/modular.ts';
import { circle, strongestWaves, waveShare } from '../../inside/waves.ts';
import type { RunResult, Snapshot } from '../../worker/protocol.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

const WITH = text('with weight decay', '有权重衰减');
const WITHOUT = text('without weight decay', '没有权重衰减');

/** How far from the middle the root mean square of the points lies: all frames are drawn at one size. */
const RADIUS = 0.76;

const circleOf = remembering((snapshot: Snapshot) => {
  const { places, order, wave } = circle(...tablesOf(snapshot));
  const size = Math.sqrt(places.reduce((sum, [x, y]) => sum + x * x + y * y, 0) / places.length) || 1;
  const points = places.flatMap(([x, y]) => {
    // What would lie outside is drawn at the edge, in its own direction.
    const scale = Math.min(RADIUS / size, 1 / Math.max(Math.hypot(x, y), 1e-9));
    return [x * scale, y * scale];
  });
  return { points, order, wave };
});
const shareOf = remembering((snapshot: Snapshot) => waveShare(tablesOf(snapshot)[0]));

const runsOf = (
  run: RunResult,
  control: RunResult | undefined,
): { name: typeof WITH; run: RunResult | undefined; isControl?: boolean }[] => [
  { name: WITH, run },
  { name: WITHOUT, run: control, isControl: true },
];

export function clock(run: RunResult, control: RunResult | undefined): Picture {
  const at = stepsOf(run);
  const numbers = (run.spec.task as { prime?: number }).prime ?? 0;
  return {
    kind: 'points',
    name: 'clock',
    title: text('The hours', '钟点'),
    look: text(
      'Each dot is one hour of the clock, placed by its weights. Long before the score moves, the cloud goes round: adding becomes turning.',
      '每个点是钟上的一个钟点，由它的权重决定位置。分数还没动，点群就开始围成一圈：加法变成了转动。',
    ),
    untrained: text(
      'Weights that nobody has trained are a cloud: the order, 1 on a perfect circle, is about 0.1 there. The plane is fitted on the even hours and places the odd ones, and the other way round; a plane that had seen all of them would draw a circle from any weights. Even the run without weight decay learns half a wave: so look at both.',
      '没有训练过的权重只是一团云：完美的圆次序为 1，这时约为 0.1。平面由偶数钟点拟合，用来放奇数钟点，反过来也一样；若平面见过所有钟点，任何权重都能画出圆来。没有权重衰减的那一次也学到半个波，所以两个都要看。',
    ),
    figures: ['grokking'],
    place: quantities.STEP,
    at,
    points: Array.from({ length: numbers }, (_, a) => String(a)),
    panels: runsOf(run, control).map(({ name, run, isControl }) => {
      const circles = over(run, at, circleOf);
      return {
        name,
        ...(isControl && { isControl }),
        frames: circles.map((each) => each?.points ?? null),
        turns: circles.map((each) => each?.wave ?? 1),
        reading: { label: text('order', '次序'), values: circles.map((each) => each?.order ?? null) },
      };
    }),
    track: {
      label: text('share of each neuron in one wave', '每个神经元落在一个波里的份额'),
      range: [0, 1],
      curves: runsOf(run, control).map(({ name, run, isControl }) => ({
        name,
        ...(isControl && { isControl }),
        y: over(run, at, shareOf),
      })),
    },
  };
}

/** Neurons that are shown, of those sorted by their wave. */
const NEURONS = 32;

/** Weights from each number to some neurons, which the last snapshot sorts by their strongest wave. */
export function neurons(run: RunResult, control: RunResult | undefined): Picture {
  const at = stepsOf(run);
  const [table] = tablesOf(run.snapshots!.at(-1)!);
  return {
    kind: 'grid',
    name: 'neurons',
    title: text('The neurons', '神经元'),
    look: text(
      'Each row is a neuron, each column an hour; the rows are sorted by the wave that the neuron ends as. Noise becomes stripes: every neuron is one wave.',
      '每行是一个神经元，每列是一个钟点；行按神经元最后成为的波排序。噪声变成条纹：每个神经元是一个波。',
    ),
    figures: ['grokking'],
    place: quantities.STEP,
    at,
    rows: Array.from({ length: Math.min(NEURONS, table.neurons) }, () => ''),
    columns: Array.from({ length: table.numbers }, (_, a) => (a % 10 === 0 ? String(a) : '')),
    panels: runsOf(run, control).flatMap(({ name, run, isControl }) => {
      const last = run?.snapshots?.at(-1);
      if (!last) return [];
      const order = sortedNeurons(last);
      return [
        {
          name,
          ...(isControl && { isControl }),
          frames: over(run, at, (snapshot) => neuronRows(snapshot, order)),
        },
      ];
    }),
  };
}

function sortedNeurons(snapshot: Snapshot): number[] {
  const waves = strongestWaves(tablesOf(snapshot)[0]);
  const sorted = waves.map((_, neuron) => neuron).sort((a, b) => waves[a]! - waves[b]! || a - b);
  const count = Math.min(NEURONS, sorted.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.floor((i * sorted.length) / count)]!);
}

/** Each row from its own lowest weight to its highest. The square undoes the root with which grids are drawn. */
function neuronRows(snapshot: Snapshot, order: readonly number[]): string {
  const [{ numbers, neurons, values }] = tablesOf(snapshot);
  return levels(
    order.flatMap((neuron) => {
      const row = Array.from({ length: numbers }, (_, a) => values[a * neurons + neuron]!);
      const [low, high] = [Math.min(...row), Math.max(...row)];
      return row.map((weight) => ((weight - low) / (high - low || 1)) ** 2);
    }),
  );
}
