/** The seed of a day, and who wins a duel. */
import { expect, test } from 'vitest';
import { dayOf, seedOfDay } from '../../src/app/duel/day-seed.ts';
import { off, winner } from '../../src/app/duel/duel.ts';
import { text } from '../../src/lessons/shared/text.ts';

test('a day has one seed, wherever it is, and each day its own', () => {
  expect(dayOf(new Date('2026-11-29T23:59:59-05:00'))).toBe('2026-11-30');
  expect(seedOfDay('2026-11-29')).toBe(seedOfDay('2026-11-29'));
  const days = Array.from({ length: 365 }, (_, i) => dayOf(new Date(Date.UTC(2027, 0, 1 + i))));
  const seeds = days.map(seedOfDay);
  for (const seed of seeds) {
    expect(seed % 10).toBe(1);
    expect(seed).toBeGreaterThanOrEqual(11);
    expect(seed).toBeLessThanOrEqual(99_991);
  }
  // Of 365 out of 9,999 some seven may coincide; days that follow one another do not look alike.
  expect(new Set(seeds).size).toBeGreaterThan(340);
  const steps = new Set(seeds.slice(1).map((seed, i) => seed - seeds[i]!));
  expect(steps.size).toBeGreaterThan(100);
});

test.each([
  [0.42, 0.41, 0.411, 'rival'],
  [0.412, 0.43, 0.411, 'you'],
  // To the digits that are shown, both were as far off.
  [0.4212, 0.4011, 0.4111, 'draw'],
  [0.411, 0.411, 0.411, 'draw'],
] as const)('you %d, the law %d, it reached %d: %s', (said, law, got, who) => {
  expect(winner({ said, rival: { name: text('The law', '幂律'), said: law }, got })).toBe(who);
});

test('how far off somebody was is a distance', () => {
  expect(off(0.4, 0.421)).toBe('0.021');
  expect(off(0.442, 0.421)).toBe('0.021');
});
