/** The head that finds its stripe, and what becomes of it when a head is taken out. */
import { levels, type Picture } from '../../findings/pictures.ts';
import { answer, softmax } from '../../inside/answer.ts';
import { over, stepsOf } from '../../inside/frames.ts';
import { type Stripe, stripeShare, strongestHead } from '../../inside/stripe.ts';
import { type Part, weightsOf, without } from '../../inside/weights.ts';
import type { RunResult, Snapshot } from '../../worker/protocol.ts';
import type { NamedPart } from '../inside-ask.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';

/** A row of tokens that repeats with a period within what is trained: each is another one until then. */
function repeating(run: RunResult): { row: number[]; period: number } {
  const { vocabulary = 64, length = 40 } = run.spec.task as { vocabulary?: number; length?: number };
  const period = Math.min(10, vocabulary);
  return { period, row: Array.from({ length }, (_, t) => ((t % period) * 7 + 3) % vocabulary) };
}

interface Looked {
  attention: Float64Array[][];
  /** mean −ln p of the tokens that can be copied, nats */
  loss: number;
}

/** What the model looks at in the row, and how well it goes on with it. @param part that is taken out */
function lookAt(run: RunResult, snapshot: Snapshot, part: Part | undefined): Looked {
  const { row, period } = repeating(run);
  const { model } = run.spec;
  const whole = weightsOf(snapshot);
  const weights = part && model.kind === 'transformer' ? without(whole, part, model.heads) : whole;
  const { attention, outputs } = answer(model, weights, row);
  let loss = 0;
  for (let t = period; t + 1 < row.length; t++) loss -= Math.log(softmax(outputs[t]!)[row[t + 1]!]!);
  return { attention, loss: loss / (row.length - 1 - period) };
}

/** By snapshot and by what was taken out. */
const seen = new WeakMap<Snapshot, Map<string, Looked>>();

function looked(run: RunResult, snapshot: Snapshot, part: NamedPart | undefined): Looked {
  const known = seen.get(snapshot) ?? new Map<string, Looked>();
  seen.set(snapshot, known);
  const name = part?.value ?? '';
  let result = known.get(name);
  if (!result) known.set(name, (result = lookAt(run, snapshot, part?.part)));
  return result;
}

/** The heads of the two layers. */
export function headsOf(run: RunResult | undefined): NamedPart[] {
  const { model } = run?.spec ?? {};
  if (model?.kind !== 'transformer') return [];
  return Array.from({ length: model.layers * model.heads }, (_, i) => {
    const [layer, head] = [Math.floor(i / model.heads), i % model.heads];
    return {
      value: `${layer}.${head}`,
      label: text(`layer ${layer + 1}, head ${head + 1}`, `第 ${layer + 1} 层第 ${head + 1} 个头`),
      part: { kind: 'head', layer, head },
    };
  });
}

/** The stripe of the induction head: a token looks at what followed the last time that it stood there. */
export function stripe(two: RunResult, one: RunResult | undefined, part: NamedPart | undefined): Picture {
  const at = stepsOf(two);
  const {
    row: { length },
    period,
  } = repeating(two);
  // The control has one layer: what is taken out of the other is not in it.
  const of = (run: RunResult) => (snapshot: Snapshot) =>
    looked(run, snapshot, run === two ? part : undefined);
  const panel = (
    run: RunResult | undefined,
    layer: number,
    line: Stripe,
    name: { en: string; zh: string },
    label: { en: string; zh: string },
    isControl = false,
  ): Extract<Picture, { kind: 'grid' }>['panels'] => {
    const last = run?.snapshots?.at(-1);
    if (!run || !last) return [];
    const attention = (snapshot: Snapshot): Float64Array[][] => of(run)(snapshot).attention;
    // Which head it is does not change with what is taken out.
    const head = strongestHead(looked(run, last, undefined).attention[layer]!, length, line);
    return [
      {
        name,
        ...(isControl && { isControl }),
        frames: over(run, at, (snapshot) => levels(attention(snapshot)[layer]![head]!)),
        reading: {
          label,
          values: over(run, at, (snapshot) => stripeShare(attention(snapshot)[layer]![head]!, length, line)),
        },
      },
    ];
  };
  // The token stood there once in every period before.
  const copied: Stripe = { offset: period - 1, every: period, first: period };
  const followed = text('on what followed', '落在“接下来的那个”上');
  return {
    kind: 'grid',
    name: 'stripe',
    title: text('The stripe', '条纹'),
    look: text(
      'Each row is a token that looks back over the columns. The first layer learns to look one back, in the first round; then the second snaps onto a stripe: what followed the last time.',
      '每行是一个回头看各列的词元。第一层学会在第一轮里看前一个；随后第二层一下子落到一条斜纹上：上一次接下来的那个。',
    ),
    untrained: text(
      'Untrained heads look at everything before them alike: rows that fade to the right, and no stripe. One layer alone never finds one.',
      '没有训练过的头一视同仁地看前面的一切：每行越往右越淡，没有斜纹。只有一层时永远找不到。',
    ),
    figures: ['copying', 'copying-loss'],
    place: quantities.STEP,
    at,
    rows: Array.from({ length }, () => ''),
    columns: Array.from({ length }, () => ''),
    panels: [
      ...panel(two, 1, copied, text('second layer', '第二层'), followed),
      ...panel(
        two,
        0,
        { offset: 1, first: 1, end: period + 1 },
        text('first layer', '第一层'),
        text('one back', '看前一个'),
      ),
      ...panel(one, 0, copied, text('one layer alone', '只有一层'), followed, true),
    ],
    track: {
      label: text('loss on what can be copied, nats', '可以复制的部分的损失，纳特'),
      range: [0, 5],
      curves: [
        { name: text('two layers', '两层'), y: over(two, at, (snapshot) => of(two)(snapshot).loss) },
        ...(one
          ? [
              {
                name: text('one layer', '一层'),
                isControl: true,
                y: over(one, at, (snapshot) => of(one)(snapshot).loss),
              },
            ]
          : []),
      ],
    },
  };
}
