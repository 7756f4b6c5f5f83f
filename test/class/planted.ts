/** Results of planted runs, for tests of what a class does with them. */
import type { MemberResult } from '../../src/class/result.ts';

export function planted(i: number, changes: Partial<MemberResult> = {}): MemberResult {
  return {
    lesson: 'scaling-laws',
    size: 'small',
    seed: 11 + 10 * i,
    member: `member-${String(i).padStart(3, '0')}`,
    at: 1_790_000_000 + i,
    device: 'some GPU',
    digest: `0000${String(i).padStart(4, '0')}`,
    outcome: i % 10 === 9 ? 'does-not-hold' : 'holds',
    numbers: { measured: 0.58 + 0.001 * i, predicted: 0.59 },
    prediction: { kind: 'level', points: [[0, 0.5 + 0.01 * i]] },
    before: i % 4,
    after: 1,
    curve: { x: [1000, 10_000, 100_000], y: [1 + 0.01 * i, 0.8 + 0.01 * i, 0.6 + 0.01 * i] },
    place: 65_856,
    ...changes,
  };
}

/** Numbers that look like a generator's, and are the same each time. */
export function plantedBytes(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
