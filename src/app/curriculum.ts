/** The lessons as the page gets at them: lists at once, texts, experiments and recordings when they are opened. */
import type { Lesson, Size } from '../lessons/lesson.ts';
import { TITLES } from '../lessons/path.ts';
import type { RecordedPictures } from '../findings/pictures.ts';
import type { Recording } from '../findings/recording.ts';
import type { Inside } from '../lessons/inside.ts';
import type { Language } from '../languages.ts';
import type { Prose, ProseMeta } from './prose.ts';

export { GROUPS, LESSON_NAMES } from '../lessons/path.ts';

/** What a lesson page loads. What is not there yet is undefined. */
export interface Curriculum {
  prose(name: string, language: Language): Promise<Prose>;
  lesson(name: string): Promise<Lesson | undefined>;
  /** of that size, or the standard one where there is none */
  recording(name: string, size?: Size): Promise<Recording | undefined>;
  /** what makes pictures of the inside */
  inside(name: string): Promise<Inside | undefined>;
  /** the pictures of the recorded run */
  pictures(name: string): Promise<RecordedPictures | undefined>;
}

const metas = import.meta.glob<ProseMeta>('../lessons/*/*.md', {
  query: '?meta',
  import: 'default',
  eager: true,
});
const proses = import.meta.glob<Prose>('../lessons/*/*.md', { import: 'default' });
const lessons = import.meta.glob<Lesson>('../lessons/*/lesson.ts', { import: 'lesson' });
const insides = import.meta.glob<Inside>('../lessons/*/inside.ts', { import: 'inside' });
const recordings = import.meta.glob<Recording>('../lessons/*/recording.json', { import: 'default' });

export const curriculum: Curriculum = {
  prose: (name, language) => proses[`../lessons/${name}/${language}.md`]!(),
  lesson: async (name) => lessons[`../lessons/${name}/lesson.ts`]?.(),
  recording: async (name, size) =>
    (size === 'small' ? await (await import('./recorded-more.ts')).smallRecording(name) : undefined) ??
    recordings[`../lessons/${name}/recording.json`]?.(),
  inside: async (name) => insides[`../lessons/${name}/inside.ts`]?.(),
  pictures: async (name) => (await import('./recorded-more.ts')).picturesOf(name),
};

/** What lists and titles of pages say of a lesson. */
export interface LessonMeta extends ProseMeta {
  title: string;
}

export function metaOf(name: string, language: Language): LessonMeta {
  return { title: TITLES[name]![language], ...metas[`../lessons/${name}/${language}.md`]! };
}
