/** Whether an experiment is still the one that was tried. */
import { hash } from '../random.ts';
import { parseSpec } from '../training/spec/spec.ts';
import type { Lesson, Size } from '../lessons/lesson.ts';
import { FIRST_SEED } from '../lessons/seed.ts';

/** Eight hexadecimal digits of all that a lesson trains or measures: other trials would be those of another experiment. */
export function planDigest({ plan }: Pick<Lesson, 'plan'>, size: Size): string {
  const items = plan(size, FIRST_SEED).map((item) =>
    'spec' in item ? [item.key, parseSpec(item.spec), item.from ?? null] : [item.key, item.benchmark],
  );
  const letters = Array.from(JSON.stringify(items), (letter) => letter.charCodeAt(0));
  return hash(...letters)
    .toString(16)
    .padStart(8, '0');
}
