import { expect, test } from 'vitest';
import { seedsApart } from '../../src/cli/verdicts.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { SIZES } from '../../src/lessons/lesson.ts';
import { parseSpec, replicaSeed } from '../../src/training/spec/spec.ts';

test('the seeds of a table share no replica, in any lesson at any size', () => {
  for (const lesson of LESSONS) {
    for (const size of SIZES) {
      const seen = new Map<string, Set<number>>();
      for (const seed of seedsApart(10)) {
        for (const item of lesson.plan(size, seed)) {
          if (!('spec' in item)) continue;
          const spec = parseSpec(item.spec);
          const before = seen.get(item.key) ?? new Set();
          // The replicas of one run may begin alike, where they are to differ in a setting alone.
          const own = new Set(Array.from({ length: spec.replicas }, (_, r) => replicaSeed(spec, r)));
          for (const each of own) {
            expect(before.has(each), `${lesson.name}, ${size}, ${item.key}, seed ${seed}`).toBe(false);
            before.add(each);
          }
          seen.set(item.key, before);
        }
      }
    }
  }
});
