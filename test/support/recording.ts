/** The recordings that ship with the lessons, as a page has them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordingIn } from '../../build/recorded.ts';
import { type Recording, RecordingSchema } from '../../src/findings/recording.ts';
import { LESSON_NAMES } from '../../src/lessons/path.ts';
import { parse } from '../../src/schema.ts';

export const RECORDED_SIZES = ['small', 'standard'] as const;
export type RecordedSize = (typeof RECORDED_SIZES)[number];

export function recordingFile(lesson: string, size: RecordedSize = 'standard'): string {
  const file = size === 'small' ? 'recording.small.json' : 'recording.json';
  return join(import.meta.dirname, '../../src/lessons', lesson, file);
}

export function recordingOf(lesson: string, size: RecordedSize = 'standard'): Recording {
  return parse(RecordingSchema, recordingIn(readFileSync(recordingFile(lesson, size), 'utf8')));
}

/** All that there are. */
export const RECORDINGS: readonly { lesson: string; size: RecordedSize }[] = LESSON_NAMES.flatMap((lesson) =>
  RECORDED_SIZES.filter((size) => existsSync(recordingFile(lesson, size))).map((size) => ({ lesson, size })),
);
