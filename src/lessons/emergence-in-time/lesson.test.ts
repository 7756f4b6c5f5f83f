import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { parametersOf } from '../../training/spec/flops.ts';
import { replicated, runSpecs, type ReplicatedOptions } from '../../../test/lessons/replicated.ts';

interface Story {
  trainStep?: number;
  testStep?: number;
  control?: number;
  squaredStep?: number;
  oneLayer?: number;
  twoLayers?: number;
}

function findings(story: Story = {}, options: ReplicatedOptions = {}) {
  const { trainStep = 90, testStep = 600, control = 0.01, squaredStep = 340 } = story;
  const { oneLayer = 0.25, twoLayers = 0.99 } = story;
  const results = replicated(
    lesson,
    ({ key, step }) => {
      const knows = step >= trainStep ? 1 : 0.2;
      const found = step >= testStep ? 0.99 : 0.02;
      const copied = step >= 200 ? twoLayers : 0.1;
      if (key === 'parity') {
        return { validation: { accuracy: step >= 1200 ? 1 : 0.5, moved: Math.sqrt(step), loss: 1 } };
      }
      const squared = step >= squaredStep ? 0.99 : 0.02;
      const validation = {
        grokking: found,
        control,
        'squared-error': squared,
        'two-layers': copied,
        'one-layer': oneLayer,
      }[key]!;
      return { validation: { accuracy: validation, loss: 1 }, train: { accuracy: knows, loss: 1 } };
    },
    { steps: ({ steps }) => Array.from({ length: steps / 10 + 1 }, (_, i) => 10 * i), ...options },
  );
  return lesson.judge(results, options.size ?? 'standard');
}

const judge = (...given: Parameters<typeof findings>) => findings(...given).verdict;

describe('emergence-in-time', () => {
  it('plans the network without biases and transformers of attention alone', () => {
    const specs = runSpecs(lesson, 'standard');
    expect(parametersOf(specs.get('grokking')!)).toBe(3 * 59 * 128);
    // 2 V d + T d + L (4 d² + 2 d) + 2 d
    expect(parametersOf(specs.get('two-layers')!)).toBe(4096 + 1280 + 2 * (4096 + 64) + 64);
    expect(specs.get('grokking')!.batch).toBe(1392);
    for (const key of ['control', 'squared-error']) expect(specs.get(key)!.optimizer.weightDecay).toBe(0);
    expect(specs.get('squared-error')!.loss).toBe('squared-error');
    for (const key of ['grokking', 'control', 'squared-error']) expect(specs.get(key)!.seed).toBe(1);
  });

  it('holds where the rule comes late, and only with weight decay, and copying needs two layers', () => {
    const verdict = judge();
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers).toEqual({
      trainStep: 90,
      testStep: 600,
      ratio: 600 / 90,
      controlAccuracy: 0.01,
      squaredStep: 340,
      inductionTwoLayers: 0.99,
      inductionOneLayer: 0.25,
      copyStep: 200,
    });
  });

  it('says what squared error does without weight decay, and rests no verdict on it', () => {
    expect(judge().sentence.en).toContain('with squared error it passed 95% at step 340');
    const never = judge({ squaredStep: 1e9 });
    expect(never.outcome).toBe('holds');
    expect(never.sentence.en).toContain('did not pass 95% either');
    expect(never.numbers.squaredStep).toBeUndefined();
  });

  it.each([
    ['the rule comes soon after the examples', { testStep: 200 }],
    ['the control finds it too', { control: 0.5 }],
    ['one layer copies as well', { oneLayer: 0.95 }],
    ['two layers do not copy', { twoLayers: 0.5 }],
  ] as const)('does not hold where %s', (_, story) => {
    expect(judge(story).outcome).toBe('does-not-hold');
  });

  it.each([
    ['the rule was not found yet', { testStep: 1e9 }],
    ['the examples were not learned', { trainStep: 1e9 }],
  ] as const)('has not enough evidence where %s', (_, story) => {
    const verdict = judge(story);
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.numbers.ratio).toBeUndefined();
  });

  it('gives the delay before the other runs are there', () => {
    const verdict = judge({}, { missing: (key) => key !== 'grokking' });
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.numbers).toMatchObject({ trainStep: 90, testStep: 600 });
  });

  it('shows at the large size that weights move while the score of parity stands still', () => {
    const { verdict, figures, tables } = findings({}, { size: 'large' });
    expect(verdict.outcome).toBe('holds');
    expect(verdict.numbers).toMatchObject({ paritySolved: 1200, parityHidden: 1190 });
    expect(verdict.numbers.parityMoved).toBeCloseTo(Math.sqrt(1190 / 2500), 9);
    for (const words of Object.values(verdict.sentence)) expect(words).toContain('69%');
    const [accuracy, moved] = figures.find(({ name }) => name === 'parity')!.series;
    expect([accuracy!.y.at(-1), moved!.y.at(-1)]).toEqual([1, 1]);
    expect(tables[0]!.rows.map(([key]) => key)).toContain('parity');
    expect(judge({}, { size: 'large', missing: (key) => key === 'parity' }).outcome).toBe('holds');
  });
});
