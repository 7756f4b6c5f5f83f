/** What pictures take for a model's answers and attention is what the engine computes, on every device. */
import { describe, expect, it } from 'vitest';
import { answer, softmax } from '../../src/inside/answer.ts';
import { weightsOf, without } from '../../src/inside/weights.ts';
import { AnswerView, AttentionView } from '../../src/training/trainer/views.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { train } from '../support/train.ts';

const small = { batch: 8, steps: 20, evaluate: { every: 100 }, learningRate: 1e-2 };
const cases: [string, Record<string, unknown>][] = [
  [
    'grokking’s sum of embeddings, squared',
    {
      task: { name: 'modular-addition', prime: 7 },
      model: { kind: 'mlp', combine: 'sum', embedding: 8, hidden: [], activation: 'square', bias: false },
    },
  ],
  [
    'an MLP over numbers',
    { task: { name: 'sine' }, model: { kind: 'mlp', hidden: [8, 8], activation: 'tanh' } },
  ],
  [
    'an MLP over two ids with a tag',
    {
      task: { name: 'domains', pool: 64, validation: 16 },
      model: { kind: 'mlp', embedding: 4, hidden: [8], activation: 'gelu' },
    },
  ],
  [
    'a transformer',
    {
      task: { name: 'addition', pool: 64, validation: 16 },
      model: { kind: 'transformer', layers: 2, width: 8, heads: 2, embeddingScale: 0.5 },
    },
  ],
  [
    'a transformer of attention alone, whose output is its embedding',
    {
      task: {
        name: 'induction',
        vocabulary: 16,
        length: 12,
        shortest: 3,
        longest: 5,
        pool: 64,
        validation: 16,
      },
      model: { kind: 'transformer', layers: 2, width: 8, heads: 2, mlp: false, tied: true },
    },
  ],
];

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  it.each(cases)('%s', async (_, input) => {
    const spec = parseSpec({ ...small, ...input });
    const trainer = await Trainer.create(device(), spec);
    await train(trainer, 20);
    const { inputs, inputWidth } = trainer.data.evaluation.validation;
    const rows = inputs.slice(0, 3 * inputWidth) as Int32Array<ArrayBuffer>;
    const view = await AnswerView.build(trainer, rows);
    const expected = await view.read();
    const snapshot = await trainer.snapshot('all');
    const isClasses = spec.task.name !== 'sine';
    const own = [0, 1, 2].flatMap((i) => {
      const row = Array.from(rows.subarray(i * inputWidth, (i + 1) * inputWidth));
      const { outputs } = answer(spec.model, weightsOf(snapshot), row);
      return outputs.flatMap((out) => Array.from(isClasses ? softmax(out) : out));
    });
    expect(own).toHaveLength(expected.length);
    own.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
    view.destroy();
    trainer.destroy();
  });

  it('attends where the engine attends, and not where a head was taken out', async () => {
    const spec = parseSpec({ ...small, ...cases[4]![1] });
    const trainer = await Trainer.create(device(), spec);
    await train(trainer, 20);
    const row = trainer.data.evaluation.validation.inputs.slice(0, 12) as Int32Array<ArrayBuffer>;
    const view = await AttentionView.build(trainer);
    const weights = weightsOf(await trainer.snapshot('all'));
    const { attention, outputs } = answer(spec.model, weights, Array.from(row));
    for (const layer of [0, 1]) {
      const expected = await view.read(layer, row);
      attention[layer]!.forEach((shares, head) =>
        shares.forEach((share, i) => expect(share).toBeCloseTo(expected[head * 144 + i]!, 4)),
      );
    }
    const less = answer(
      spec.model,
      without(weights, { kind: 'head', layer: 0, head: 1 }, 2),
      Array.from(row),
    );
    // What it looked at is the same; what comes of it is not.
    expect(less.attention[0]).toEqual(attention[0]);
    expect(less.outputs.at(-1)).not.toEqual(outputs.at(-1));
    expect(weights.get('h.0.attn.c_proj.weight')!.values.every((value) => value !== 0)).toBe(true);
    view.destroy();
    trainer.destroy();
  });
});
