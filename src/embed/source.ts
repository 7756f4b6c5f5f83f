/** What a lesson's figure is made of, each part loaded when it is needed and no other lesson's with it. */
import type { Lesson, Text } from '../lessons/lesson.ts';
import type { Recording } from '../findings/recording.ts';

/** What the build leaves of a recording for a figure. */
export interface Recorded extends Pick<Recording, 'size' | 'seed' | 'device' | 'date' | 'findings'> {
  /** that the lesson asks */
  question: Text;
}

const recordings = import.meta.glob<Recorded>('../lessons/*/recording.json', { import: 'default' });
const lessons = import.meta.glob<Lesson>('../lessons/*/lesson.ts', { import: 'lesson' });

/** Undefined for a lesson of which nothing is recorded. */
export async function loadRecording(name: string): Promise<Recorded | undefined> {
  return recordings[`../lessons/${name}/recording.json`]?.();
}

export function loadLesson(name: string): Promise<Lesson> {
  return lessons[`../lessons/${name}/lesson.ts`]!();
}
