/** All lessons, in the order of the curriculum. */
import type { Lesson } from './lesson.ts';

/** The sandbox comes last and has no experiment of its own. */
export const LESSON_NAMES = [
  'kernels',
  'learning',
  'emergence-by-size',
  'emergence-in-time',
  'mirage',
  'loss-decides',
  'scaling-laws',
  'compute-optimal',
  'the-bill',
  'efficiency-times-time',
  'specialists',
  'overtraining',
] as const;

const modules = import.meta.glob<{ lesson: Lesson }>('./*/lesson.ts', { eager: true });

export const LESSONS: readonly Lesson[] = LESSON_NAMES.flatMap(
  (name) => modules[`./${name}/lesson.ts`]?.lesson ?? [],
);

export function findLesson(name: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.name === name);
}
