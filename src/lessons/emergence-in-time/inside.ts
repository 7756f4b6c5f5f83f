/** The inside of emergence-in-time: a clock that closes, a stripe that snaps into place, bits that grow unseen. */
import type { Picture } from '../../findings/pictures.ts';
import { answer, argmax, softmax } from '../../inside/answer.ts';
import { over, remembering, stepsOf } from '../../inside/frames.ts';
import { weightsOf } from '../../inside/weights.ts';
import type { RunResult, Snapshot } from '../../worker/protocol.ts';
import type { Inside } from '../inside.ts';
import type { Ask } from '../inside-ask.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { clock, neurons } from './inside-clock.ts';
import { headsOf, stripe } from './inside-stripe.ts';
import { PARITY } from './parity.ts';

/** How large the weights are that leave each input bit. */
function bits(run: RunResult): Picture {
  const at = stepsOf(run);
  const sizes = remembering((snapshot: Snapshot) => {
    const { shape, values } = weightsOf(snapshot).get('layers.0.weight')!;
    const [rows, columns] = shape as [number, number];
    return Array.from({ length: columns }, (_, bit) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += values[row * columns + bit]! ** 2;
      return Math.sqrt(sum / rows);
    });
  });
  const frames = over(run, at, sizes);
  const end = frames.at(-1) ?? [];
  const relevant = (run.spec.task as { relevant?: number }).relevant ?? 3;
  const least = end.toSorted((a, b) => b - a)[relevant - 1] ?? Infinity;
  return {
    kind: 'bars',
    name: 'bits',
    title: text('The forty bits', '四十个比特'),
    look: text(
      'Each bar is the size of the weights that leave one bit. Three of them grow while the score still shows nothing.',
      '每根柱是从一个比特出发的权重的大小。分数还什么都看不出来时，其中三根已经在长。',
    ),
    figures: ['parity'],
    place: quantities.STEP,
    at,
    bars: end.map((size, bit) => ({
      name: text(bit % 10 === 0 ? String(bit) : '', bit % 10 === 0 ? String(bit) : ''),
      isMarked: size >= least,
    })),
    most: Math.max(...frames.flatMap((frame) => frame ?? [0])),
    panels: [{ name: text('root mean square', '均方根'), frames }],
  };
}

const isLooked = (run: RunResult | undefined): run is RunResult => (run?.snapshots?.length ?? 0) > 0;

/** Pairs of hours, put to the network with weight decay. */
const ask: Ask = {
  asking({ runs }) {
    const run = runs.get('grokking');
    const { prime } = (run?.spec.task ?? {}) as { prime?: number };
    if (!isLooked(run) || run.spec.model.kind !== 'mlp' || prime === undefined) return undefined;
    return { most: [prime - 1, prime - 1], signs: ['+', '='], usual: [17, Math.min(55, prime - 4)] };
  },
  answer({ runs }, _size, at, numbers) {
    const run = runs.get('grokking');
    const snapshot = run?.snapshots?.findLast(({ step }) => step <= at);
    const { prime } = (run?.spec.task ?? {}) as { prime?: number };
    if (!run || !snapshot || prime === undefined) return undefined;
    const { outputs } = answer(run.spec.model, weightsOf(snapshot), numbers);
    const shares = softmax(outputs[0]!);
    const [said, right] = [argmax(shares), numbers.reduce((sum, number) => sum + number, 0) % prime];
    return { said: String(said), share: shares[said]!, right: String(right), rightShare: shares[right]! };
  },
};

export const inside: Inside = {
  ask,
  parts: ({ runs }) => (isLooked(runs.get('two-layers')) ? headsOf(runs.get('two-layers')) : []),
  pictures({ runs }, _size, without) {
    const [grokking, control, two, one, parity] = [
      'grokking',
      'control',
      'two-layers',
      'one-layer',
      PARITY,
    ].map((key) => runs.get(key));
    const isClock = isLooked(grokking) && grokking.spec.model.kind === 'mlp';
    const isStripe = isLooked(two) && two.spec.model.kind === 'transformer' && two.spec.model.layers > 1;
    return [
      ...(isClock ? [clock(grokking, control), neurons(grokking, control)] : []),
      ...(isStripe
        ? [
            stripe(
              two,
              one,
              headsOf(two).find(({ value }) => value === without),
            ),
          ]
        : []),
      ...(isLooked(parity) ? [bits(parity)] : []),
    ];
  },
};
