import { expect, test } from 'vitest';
import { describe, fuzz, FuzzError, refusal } from './harness.ts';
import { allTargets } from './targets.ts';

/** A few thousand inputs for each, in seconds; `npm run fuzz` has time for more. */
test.each(allTargets().map((target) => [target.name, target] as const))(
  '%s: every input is accepted, or refused in words',
  async (_, target) => {
    const report = await fuzz(target, { seed: 1, inputs: 1500, within: 8000 });
    expect(report.faults, describe(report)).toEqual([]);
    expect(report.accepted).toBeGreaterThan(0);
    expect(report.refused).toBeGreaterThan(0);
  },
);

test('a fault is found and can be seen again by its seed and number', async () => {
  const broken = {
    name: 'broken',
    generate: (random: { integer(bound: number): number }) => random.integer(10),
    check(input: unknown) {
      if (input === 3) throw new TypeError('undefined is not a function');
      return 'accepted' as const;
    },
  };
  const { faults } = await fuzz(broken, { seed: 5, inputs: 100, most: 1 });
  expect(faults[0]).toMatchObject({ input: '3' });
  const again = await fuzz(broken, { seed: 5, first: faults[0]!.index, inputs: 1 });
  expect(again.faults).toHaveLength(1);
});

test.each([
  "Cannot read properties of undefined (reading 'x')",
  'Maximum call stack size exceeded',
  '',
  'x'.repeat(900),
])('no refusal is %j', (message) => {
  expect(() => refusal(message)).toThrow(FuzzError);
});
