/** All experiments at once, for the command line; the page loads them one by one (src/app/curriculum.ts). */
import type { Inside } from './inside.ts';
import type { Lesson } from './lesson.ts';
import { LESSON_NAMES } from './path.ts';

const modules = import.meta.glob<{ lesson: Lesson }>('./*/lesson.ts', { eager: true });

const insides = import.meta.glob<{ inside: Inside }>('./*/inside.ts', { eager: true });

/** In the order of the path. */
export const LESSONS: readonly Lesson[] = LESSON_NAMES.flatMap(
  (name) => modules[`./${name}/lesson.ts`]?.lesson ?? [],
);

export function findLesson(name: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.name === name);
}

/** What is shown of its inside; nothing of lessons that have no pictures. */
export function insideOf({ name }: Lesson): Inside | undefined {
  return insides[`./${name}/inside.ts`]?.inside;
}
