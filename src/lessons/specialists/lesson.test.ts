import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { parametersOf } from '../../training/spec/flops.ts';
import { replicated, runSpecs, type ReplicatedOptions } from '../../../test/lessons/replicated.ts';

/** Accuracy in the domain and on the general mix, by key. */
type Story = Record<string, [domain: number, general: number]>;

const USUAL: Story = {
  generalist: [0.85, 0.93],
  small: [0.7, 0.88],
  'fine-tuned': [0.87, 0.3],
  replay: [0.865, 0.855],
  longer: [0.88, 0.2],
  scratch: [0.86, 0.03],
  'big-fine-tuned': [0.94, 0.7],
  'loop-own': [0.868, 0.28],
  'loop-right': [0.871, 0.28],
  'loop-new': [0.885, 0.2],
};

function judge(change: Story = {}, options: ReplicatedOptions = {}) {
  const results = replicated(
    lesson,
    ({ key, replica }) => {
      const [domain, general] = { ...USUAL, ...change }[key]!;
      const offset = 0.001 * replica;
      return { domain: { accuracy: domain + offset }, general: { accuracy: general + offset } };
    },
    options,
  );
  return lesson.judge(results, 'standard').verdict;
}

describe('specialists', () => {
  it('plans a generalist seven times the size, and fine-tuning that begins with general weights', () => {
    const specs = runSpecs(lesson, 'standard');
    expect(parametersOf(specs.get('generalist')!)).toBe(58688);
    expect(parametersOf(specs.get('small')!)).toBe(8576);
    expect(specs.get('fine-tuned')).toMatchObject({ steps: 200, task: { share: 1 } });
    expect(specs.get('fine-tuned')!.learningRate).toBeCloseTo(1.4e-2, 10);
    expect(specs.get('replay')).toMatchObject({ steps: 400, task: { share: 0.7 } });
    const parents = lesson.plan('standard', 1).map((item) => ('from' in item ? item.from : undefined));
    expect(parents.filter(Boolean)).toEqual([
      'small',
      'small',
      'small',
      'generalist',
      'fine-tuned',
      'fine-tuned',
      'fine-tuned',
    ]);
    const [own, right, given] = ['loop-own', 'loop-right', 'loop-new'].map((key) => specs.get(key)!);
    expect([own!.labels, right!.labels, given!.labels]).toEqual(['own', 'own-right', 'given']);
    // The same questions, and none that fine-tuning had.
    expect(new Set([own, right, given].map((spec) => spec!.dataSeed))).toEqual(new Set([51]));
  });

  it('holds where the small model wins its domain, forgets the rest, and replay mends that', () => {
    const { outcome, numbers, sentence } = judge();
    expect(outcome).toBe('holds');
    expect(numbers.gain).toBeCloseTo(0.02, 10);
    expect(numbers.forgetting).toBeCloseTo(0.58, 10);
    expect(numbers.replayGain).toBeCloseTo(0.015, 10);
    expect(numbers.replayForgetting).toBeCloseTo(0.025, 10);
    expect(numbers.transfer).toBeCloseTo(0.01, 10);
    expect(numbers.bigGain).toBeCloseTo(0.07, 10);
    expect([numbers.ownGain, numbers.rightGain, numbers.newGain].map((gain) => gain!.toFixed(3))).toEqual([
      '-0.002',
      '0.001',
      '0.015',
    ]);
    expect(sentence.en).toContain('+0.020');
  });

  it.each([
    ['the generalist stays ahead', { 'fine-tuned': [0.84, 0.3] }],
    ['nothing is forgotten', { 'fine-tuned': [0.87, 0.85] }],
    ['replay loses the gain', { replay: [0.84, 0.855] }],
    ['replay forgets too', { replay: [0.865, 0.7] }],
  ] as [string, Story][])('does not hold where %s', (_, change) => {
    expect(judge(change).outcome).toBe('does-not-hold');
  });

  it('has not enough evidence with a seed that diverged, or a run that is missing', () => {
    expect(judge({}, { diverged: (key, r) => key === 'replay' && r === 0 }).outcome).toBe(
      'not-enough-evidence',
    );
    expect(judge({}, { missing: (key) => key === 'generalist' }).outcome).toBe('not-enough-evidence');
    expect(judge({}, { missing: (key) => key === 'scratch' }).outcome).toBe('holds');
  });
});
