/** The lessons as the page gets at them: lists at once, texts, experiments and recordings when they are opened. */
import type { Lesson } from '../lessons/lesson.ts';
import type { Recording } from '../lessons/recording.ts';
import type { Language } from './language.ts';
import type { Prose, ProseMeta } from './prose.ts';

export { LESSON_NAMES, type LessonName } from '../lessons/names.ts';

/** What a lesson page loads. What is not there yet is undefined. */
export interface Curriculum {
  prose(name: string, language: Language): Promise<Prose>;
  lesson(name: string): Promise<Lesson | undefined>;
  recording(name: string): Promise<Recording | undefined>;
}

const metas = import.meta.glob<ProseMeta>('../lessons/*/*.md', {
  query: '?meta',
  import: 'default',
  eager: true,
});
const proses = import.meta.glob<Prose>('../lessons/*/*.md', { import: 'default' });
const lessons = import.meta.glob<Lesson>('../lessons/*/lesson.ts', { import: 'lesson' });
const recordings = import.meta.glob<Recording>('../lessons/*/recording.json', { import: 'default' });

export const curriculum: Curriculum = {
  prose: (name, language) => proses[`../lessons/${name}/${language}.md`]!(),
  lesson: async (name) => lessons[`../lessons/${name}/lesson.ts`]?.(),
  recording: async (name) => recordings[`../lessons/${name}/recording.json`]?.(),
};

export function metaOf(name: string, language: Language): ProseMeta {
  return metas[`../lessons/${name}/${language}.md`]!;
}
