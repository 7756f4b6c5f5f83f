import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.ts';
import { measure, returnsOf, USUAL } from './measured.ts';
import { checks } from './published.ts';
import { verdictOf } from './verdict.ts';
import { RecordingSchema } from '../../findings/recording.ts';
import { makeRecording } from '../recording.ts';
import { reference } from '../../scaling/index.ts';
import { parse } from '../../schema.ts';
import { FLOOR, planted } from '../../../test/lessons/planted.ts';

/** Loss above the floor that falls as D^(−slope). */
const falling = (slope: number) => planted(lesson, (_N, D) => ({ exactLoss: FLOOR + 30 * D ** -slope }));
const results = falling(0.4);

describe('the-bill', () => {
  it('turns the measured time into energy, money and years', () => {
    const { verdict } = lesson.judge(results, 'standard');
    const run = results.runs.get('run')!;
    const flops = run.flopsPerStep * run.step;
    const { numbers } = verdict;
    expect(verdict.outcome).toBe('holds');
    expect(verdict.title?.en).toBe('The published arithmetic holds');
    expect(numbers).toMatchObject({ flops, seconds: 2 });
    expect(numbers.kilowattHours).toBeCloseTo((2 * numbers.watts!) / 3.6e6, 12);
    expect(numbers.cost).toBeCloseTo(numbers.kilowattHours! * numbers.pricePerKilowattHour!, 12);
    const seconds = reference('gpt-4-compute').value / (flops / 2);
    expect(numbers.yearsForGpt4! / (seconds / (365.25 * 86400))).toBeCloseTo(1, 12);
    expect(numbers.yearsForGpt4High! / numbers.yearsForGpt4!).toBeGreaterThan(4);
  });

  it('prices half of the reducible loss by the own exponent, and shows where that is', () => {
    const { verdict, figures } = lesson.judge(results, 'standard');
    expect(verdict.numbers.ownExponent).toBeCloseTo(0.4, 9);
    expect(verdict.numbers.halvingFactor).toBeCloseTo(2 ** 2.5, 9);
    expect(verdict.sentence.en).toContain('costs 5.7 times the compute');
    const [runs, , half] = figures.find(({ name }) => name === 'returns')!.series;
    expect(half!.y[0]! / runs!.y.at(-1)!).toBeCloseTo(0.5, 9);
  });

  it('does not hold where half of the loss costs no more than twice the compute', () => {
    const { outcome, title, numbers } = lesson.judge(falling(1.2), 'standard').verdict;
    expect(outcome).toBe('does-not-hold');
    expect(title).toBeUndefined();
    expect(numbers.halvingFactor).toBeLessThan(2);
  });

  it('has not enough evidence where the loss does not fall', () => {
    const flat = planted(lesson, () => ({ exactLoss: 1 }));
    expect(lesson.judge(flat, 'standard').verdict.outcome).toBe('not-enough-evidence');
  });

  it('does not hold where a published bill does not follow from its inputs', () => {
    const returns = returnsOf(results);
    const measured = measure(1e12, 2, USUAL);
    const [first, ...others] = checks();
    const { outcome, sentence } = verdictOf(results, measured, returns, [
      { ...first!, ratio: 1.3 },
      ...others,
    ]);
    expect(outcome).toBe('does-not-hold');
    expect(sentence.en).toContain('1 published bills do not follow');
    expect(verdictOf(results, measured, returns, checks()).outcome).toBe('holds');
  });

  it('computes the published bills again', () => {
    const { tables } = lesson.judge({ runs: new Map(), benchmarks: new Map() }, 'small');
    const { rows } = tables.find(({ name }) => name === 'checks')!;
    const computed = new Map(rows.map(([name, , value]) => [name, value as number]));
    expect(computed.get('Llama 3.1 405B, compute')! / 3.79e25).toBeCloseTo(1, 2);
    expect(computed.get('Llama 3.1 405B, device hours')! / 16384 / 24).toBeCloseTo(67.7, 1);
    expect(computed.get('ChatGPT, energy per day')! / 1000).toBeCloseTo(564, 0);
    expect(computed.get('ChatGPT, energy per request')).toBeCloseTo(2.9, 1);
  });

  it('computes GPT-4 again from estimated inputs, with their uncertainty', () => {
    const { tables } = lesson.judge(results, 'standard');
    const { columns, rows } = tables.find(({ name }) => name === 'gpt-4')!;
    const column = (key: string): number[] =>
      rows.map((row) => row[columns.findIndex((column) => column.key === key)] as number);
    // 2.1e25 / (312e12 · 0.34), in hours; 78.4 million dollars for them
    expect(column('hours')[1]! / 5.5e7).toBeCloseTo(1, 2);
    expect(column('price')[1]).toBeCloseTo(1.43, 2);
    expect(column('hours')[2]! / column('hours')[0]!).toBeCloseTo(25, 6);
    expect(column('water')[1]! / column('kilowattHours')[1]!).toBeCloseTo(3.692, 6);
  });

  it('says which half of the claim it cannot check', () => {
    const { sentence } = lesson.judge(results, 'standard').verdict;
    expect(sentence.en).toContain('bills of Llama 3.1 405B and of ChatGPT follow');
    expect(sentence.en).toContain('uncertain by a factor of 5');
    expect(sentence.zh).toContain('5 倍的不确定性');
  });

  it('is kept with the title that says what holds', () => {
    const circumstances = {
      size: 'standard',
      seed: 1,
      device: 'd',
      date: '2026-01-01T00:00:00.000Z',
    } as const;
    const kept = parse(RecordingSchema, makeRecording(lesson, results, { ...circumstances, seconds: 2 }));
    expect(kept.findings.verdict.title?.zh).toBe('已公布的账算得对');
  });

  it('shows every reference with its source, and famous runs beside the own one', () => {
    const { tables } = lesson.judge(results, 'standard');
    const references = tables.find(({ name }) => name === 'references')!;
    for (const row of references.rows) expect(String(row[7]).length).toBeGreaterThan(5);
    const famous = tables.find(({ name }) => name === 'famous')!;
    expect(famous.rows.find(([name]) => name === 'GPT-4')?.[2]).toBe(78.4e6);
  });

  it('has not enough evidence without a run', () => {
    const { verdict } = lesson.judge({ runs: new Map(), benchmarks: new Map() }, 'standard');
    expect(verdict.outcome).toBe('not-enough-evidence');
    expect(verdict.numbers.yearsForGpt4).toBeUndefined();
  });
});
