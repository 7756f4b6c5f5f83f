/** What a recording's file says today: results are judged, findings of older recordings are taken as they are. */
import { recordingFrom, type RecordedFile } from '../src/cli/recorded.ts';
import type { Recording } from '../src/findings/recording.ts';
import { findLesson } from '../src/lessons/index.ts';

/** Of an older file: the first losses that it brings. */
type Older = Recording & { firstLosses?: number[] };

export function recordingIn(text: string): Older {
  const file = JSON.parse(text) as Older | RecordedFile;
  if (!('results' in file)) return file;
  const lesson = findLesson(file.lesson);
  if (!lesson) throw new Error(`There is no lesson ${file.lesson}, of which this is a recording.`);
  return recordingFrom(lesson, file);
}
