import { describe, expect, it } from 'vitest';
import { lesson } from '../../src/lessons/the-bill/lesson.ts';
import { makeRecording, RecordingSchema } from '../../src/lessons/recording.ts';
import { reference } from '../../src/scaling/index.ts';
import { parse } from '../../src/schema.ts';
import { planted } from './planted.ts';

const results = planted(lesson, () => ({ exactLoss: 1 }));

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

  it('computes the published bills again', () => {
    const { tables } = lesson.judge({ runs: new Map(), benchmarks: new Map() }, 'small');
    const { rows } = tables.find(({ name }) => name === 'checks')!;
    const computed = new Map(rows.map(([name, , value]) => [name, value as number]));
    expect(computed.get('Llama 3.1 405B, compute')! / 3.79e25).toBeCloseTo(1, 2);
    expect(computed.get('Llama 3.1 405B, device hours')! / 16384 / 24).toBeCloseTo(67.7, 1);
    expect(computed.get('ChatGPT, energy per day')! / 1000).toBeCloseTo(564, 0);
    expect(computed.get('ChatGPT, energy per request')).toBeCloseTo(2.9, 1);
  });

  it('says which half of the claim it cannot check', () => {
    const { sentence } = lesson.judge(results, 'standard').verdict;
    expect(sentence.en).toContain('bills of Llama 3.1 405B and of ChatGPT follow');
    expect(sentence.en).toContain('prices of GPT-4 and Gemini Ultra cannot be computed again');
    expect(sentence.zh).toContain('GPT-4 和 Gemini Ultra 的价格无法重新计算');
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
