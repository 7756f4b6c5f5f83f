/** Whether an experiment is still the one that was tried. */
import type { Lesson, Size } from '../lessons/lesson.ts';
import { FIRST_SEED } from '../lessons/seed.ts';
import { digest } from '../training/spec/identity.ts';
import { parseSpec } from '../training/spec/spec.ts';

/** Hexadecimal digits of all that a lesson trains or measures: other trials would be those of another experiment. */
export function planDigest({ plan }: Pick<Lesson, 'plan'>, size: Size): string {
  const items = plan(size, FIRST_SEED).map((item) =>
    'spec' in item ? [item.key, parseSpec(item.spec), item.from ?? null] : [item.key, item.benchmark],
  );
  return digest(JSON.stringify(items));
}
