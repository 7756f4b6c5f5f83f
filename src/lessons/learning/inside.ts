/** The inside of learning: the function that the network has found so far. */
import type { Picture } from '../../findings/pictures.ts';
import { answer } from '../../inside/answer.ts';
import { over, remembering, stepsOf } from '../../inside/frames.ts';
import { weightsOf } from '../../inside/weights.ts';
import type { RunResult, Snapshot } from '../../worker/protocol.ts';
import type { Inside } from '../inside.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { OTHER_WIDTHS, RUN, WIDTH } from './design.ts';

const POINTS = 81;
const X = Array.from({ length: POINTS }, (_, i) => Number((-2 + (4 * i) / (POINTS - 1)).toFixed(3)));
/** The line that is to be found (src/tasks/sine.ts). */
const truth = (x: number): number => Math.sin(3 * x) + 0.3 * Math.sin(9 * x);

function curves(run: RunResult): (snapshot: Snapshot) => number[][] {
  let of = made.get(run.spec);
  if (!of) {
    const { model } = run.spec;
    of = remembering((snapshot) => {
      const weights = weightsOf(snapshot);
      return [X.map(truth), X.map((x) => answer(model, weights, [x]).outputs[0]![0]!)];
    });
    made.set(run.spec, of);
  }
  return of;
}
const made = new WeakMap<object, (snapshot: Snapshot) => number[][]>();

export const inside: Inside = {
  pictures({ runs }, size): Picture[] {
    const run = runs.get(RUN);
    if (!run?.snapshots?.length || run.spec.model.kind !== 'mlp' || run.spec.task.name !== 'sine') return [];
    const at = stepsOf(run);
    const [narrow] = OTHER_WIDTHS[size];
    const other = runs.get(`w${narrow}`);
    return [
      {
        kind: 'lines',
        name: 'function',
        title: text('The function so far', '目前学到的函数'),
        look: text(
          'The network’s line over the true one. It bends to the slow wave first; the ripples come much later. A network of two units never has enough bends.',
          '网络画的线，和真实的线。它先弯成慢的波，小波纹晚得多才出现。每层只有两个单元的网络弯不出那么多。',
        ),
        untrained: text('An untrained network is nearly flat.', '没有训练过的网络几乎是平的。'),
        figures: ['curve', 'rates'],
        place: quantities.STEP,
        at,
        x: X,
        range: [-1.4, 1.4],
        curves: [
          { name: text('the line itself', '真实曲线'), isReference: true },
          { name: text('network', '网络') },
        ],
        panels: [
          { name: text(`width ${WIDTH}`, `宽度 ${WIDTH}`), frames: over(run, at, curves(run)) },
          ...(other?.snapshots?.length
            ? [
                {
                  name: text(`width ${narrow}`, `宽度 ${narrow}`),
                  isControl: true,
                  frames: over(other, at, curves(other)),
                },
              ]
            : []),
        ],
      },
    ];
  },
};
