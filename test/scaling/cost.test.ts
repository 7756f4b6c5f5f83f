import { describe, expect, it } from 'vitest';
import {
  bill,
  billOfTime,
  breakEvenQueries,
  computeOptimum,
  energyKilowattHours,
  fleetEnergy,
  isRefusal,
  lifetimeFlops,
  lifetimeOptimum,
  logSpace,
  overtraining,
  parametricLoss,
  PUBLISHED_LAWS,
  reference,
  REFERENCES,
  tokensForLoss,
  trainingFlops,
} from '../../src/scaling/index.ts';
import { accepted } from './planted.ts';

describe('the bill', () => {
  it('of Llama 3.1 405B adds up', () => {
    const flops = trainingFlops(
      reference('llama-405b-parameters').value,
      reference('llama-405b-tokens').value,
    );
    expect(flops).toBe(6 * 405e9 * 15.6e12);
    expect(flops / 3.79e25).toBeCloseTo(1, 2);
    expect(flops / reference('llama-405b-compute').value).toBeCloseTo(1, 2);
    const { seconds, deviceHours } = bill(flops, {
      flopsPerSecond: reference('h100-peak').value * reference('llama-405b-utilisation').value,
      watts: reference('h100-power').value,
      count: reference('llama-405b-devices').value,
    });
    expect(seconds / 86400).toBeCloseTo(67.7, 1);
    expect(deviceHours).toBeLessThan(reference('llama-405b-hours').value);
    expect(energyKilowattHours(30.84e6, 700) / 1e6).toBeCloseTo(21.6, 1);
  });

  it('of ChatGPT as de Vries has it', () => {
    const { wattHoursPerDay, wattHoursPerRequest } = fleetEnergy(
      reference('chatgpt-servers').value,
      6.5,
      reference('chatgpt-requests').value,
    );
    expect(wattHoursPerDay / 1e6).toBeCloseTo(564.25, 2);
    expect(wattHoursPerRequest).toBeCloseTo(reference('chatgpt-request-2023').value, 1);
    const households = reference('chatgpt-energy-press').value / reference('us-household').value;
    expect(households).toBeGreaterThan(17_000);
    expect(households).toBeLessThan(17_500);
  });

  it('prices time, energy and rent', () => {
    const run = billOfTime(
      1e12,
      7200,
      { flopsPerSecond: 1, watts: 250, count: 2 },
      { perKilowattHour: 0.3, perDeviceHour: 2 },
    );
    expect(run).toMatchObject({ deviceHours: 4, kilowattHours: 1, rent: 8 });
    expect(run.electricity).toBeCloseTo(0.3, 12);
    expect(bill(1e12, { flopsPerSecond: 1e9, watts: 30 })).toEqual({
      flops: 1e12,
      seconds: 1000,
      deviceHours: 1000 / 3600,
      kilowattHours: expect.closeTo(30 / 3600, 12) as number,
    });
  });

  it('has a source, a date and an ordered range for every reference', () => {
    expect(new Set(REFERENCES.map((row) => row.id)).size).toBe(REFERENCES.length);
    for (const { id } of REFERENCES) {
      const row = reference(id);
      expect(row.source.length).toBeGreaterThan(5);
      expect(row.date).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
      expect(row.low ?? row.value).toBeLessThanOrEqual(row.value);
      expect(row.high ?? row.value).toBeGreaterThanOrEqual(row.value);
      if (row.trust === 'disputed') expect(row.note ?? row.source).toBeTruthy();
    }
    expect(reference('gpt-4-money').value).toBe(78.4e6);
    expect(reference('gemini-ultra-money').value).toBe(191.4e6);
    expect(reference('palm-money').value).toBe(12.4e6);
    expect(reference('transformer-money').value).toBe(930);
  });
});

describe('lifetime', () => {
  it('breaks even where extra training equals what serving saves', () => {
    const [small, large] = [
      { N: 10, trainingFlops: 500 },
      { N: 20, trainingFlops: 300 },
    ];
    expect(breakEvenQueries(small, large)).toBe(10);
    expect(breakEvenQueries(small, large, 5)).toBe(2);
    expect(breakEvenQueries({ ...small, trainingFlops: 100 }, large)).toBe(0);
    expect(breakEvenQueries({ N: 20, trainingFlops: 500 }, { N: 10, trainingFlops: 300 })).toBeUndefined();
  });

  it('compares two widths at an equal loss', () => {
    // Widths 32 and 64 of FactsWorld's MLP; the curves of a planted law in N and D.
    const loss = (N: number, D: number): number => 0.4 + 20 * N ** -0.5 + 60 * D ** -0.5;
    const curve = (N: number, last: number) => logSpace(1e4, last, 60).map((x) => ({ x, y: loss(N, x) }));
    const small = { N: 10_368, curve: curve(10_368, 1.024e6) };
    const large = { N: 24_768, curve: curve(24_768, 2.56e5) };
    const result = accepted(overtraining(small, large));
    // In closed form: D at which each reaches the common loss.
    const common = Math.max(loss(10_368, 1.024e6), loss(24_768, 2.56e5));
    const needed = (N: number): number => (60 / (common - 0.4 - 20 * N ** -0.5)) ** 2;
    expect(result.loss).toBeCloseTo(common, 9);
    expect(result.small.D / needed(10_368)).toBeCloseTo(1, 2);
    expect(result.large.D / needed(24_768)).toBeCloseTo(1, 2);
    expect(result.servingRatio).toBeCloseTo(0.4186, 4);
    expect(result.trainingRatio).toBeCloseTo((10_368 * needed(10_368)) / (24_768 * needed(24_768)), 1);
    expect(result.trainingRatio).toBeGreaterThan(1.5);
    expect(result.breakEvenQueries).toBeCloseTo(
      (result.small.trainingFlops - result.large.trainingFlops) / (2 * (24_768 - 10_368)),
      3,
    );
    expect(isRefusal(overtraining(large, small))).toBe(true);
    const never = { N: 100, curve: small.curve.map(({ x, y }) => ({ x, y: y + 9 })) };
    expect(isRefusal(overtraining(never, large))).toBe(true);
  });

  it('of Sardana et al.: 7B for 13B at 2T tokens served saves about 17%, 1.7e22 FLOPs', () => {
    const law = PUBLISHED_LAWS.hoffmannUnrounded;
    // Compute at which 13B is optimal: N = G (C/6)^a.
    const { G, a } = computeOptimum(law, 1e22);
    const { D } = computeOptimum(law, 6 * (13e9 / G) ** (1 / a));
    const loss = parametricLoss(law, 13e9, D);
    const before = lifetimeFlops(13e9, D, 2e12);
    const after = lifetimeFlops(7e9, tokensForLoss(law, 7e9, loss)!, 2e12);
    expect((before - after) / 1e22).toBeCloseTo(1.7, 0);
    expect(1 - after / before).toBeGreaterThan(0.14);
    expect(1 - after / before).toBeLessThan(0.2);
    const best = lifetimeOptimum(law, loss, 2e12)!;
    expect(best.N / 7e9).toBeCloseTo(1, 1);
    expect(best.flops).toBeLessThanOrEqual(after);
  });

  it('without serving, the lifetime optimum is the training optimum', () => {
    const law = PUBLISHED_LAWS.besiroglu;
    const optimum = computeOptimum(law, 1e21);
    const best = lifetimeOptimum(law, optimum.loss, 0)!;
    expect(best.N / optimum.N).toBeCloseTo(1, 4);
    expect(lifetimeOptimum(law, 1.5, 0)).toBeUndefined();
  });
});
