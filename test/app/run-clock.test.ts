import { expect, test } from 'vitest';
import { RunClock } from '../../src/app/lesson/run-clock.ts';

test('what is said goes from what was expected to what is measured, without a leap', () => {
  const clock = new RunClock();
  clock.start(60, 0);
  let said = 60;
  // It takes three minutes, as the first steps show.
  for (let s = 1; s <= 60; s++) {
    const next = clock.hear(180 - s, s * 1000);
    expect(Math.abs(next - said)).toBeLessThan(15);
    said = next;
  }
  expect(said).toBeCloseTo(120, -1);
});

test('it says that it is late only after a while, and only where it takes three times as long', () => {
  const clock = new RunClock();
  clock.start(20, 0);
  clock.hear(400, 5000);
  expect(clock.isLate(5000)).toBe(false);
  clock.hear(400, 30_000);
  expect(clock.isLate(30_000)).toBe(true);
  const other = new RunClock();
  other.start(20, 0);
  other.hear(35, 15_000);
  expect(other.isLate(15_000)).toBe(false);
});

test('what rests takes no time; another run begins anew', () => {
  const clock = new RunClock();
  clock.start(20, 0);
  clock.stop(10_000);
  clock.start(20, 500_000);
  expect(clock.hear(10, 500_000)).toBeCloseTo(10, 0);
  expect(clock.isLate(515_000)).toBe(false);
  clock.reset();
  clock.start(undefined, 0);
  expect(clock.hear(7, 0)).toBe(7);
  expect(clock.isLate(1e6)).toBe(false);
});
