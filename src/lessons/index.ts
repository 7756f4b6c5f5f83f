/** All experiments at once, for the command line; the page loads them one by one (src/app/curriculum.ts). */
import type { Lesson } from './lesson.ts';
import { LESSON_NAMES } from './names.ts';

const modules = import.meta.glob<{ lesson: Lesson }>('./*/lesson.ts', { eager: true });

/** In the order of the path. */
export const LESSONS: readonly Lesson[] = LESSON_NAMES.flatMap(
  (name) => modules[`./${name}/lesson.ts`]?.lesson ?? [],
);

export function findLesson(name: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.name === name);
}
