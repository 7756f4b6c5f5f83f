/** A file of the lab by the name that a person gives it. */
import { labFileOf, type LabFile } from '../../files/lab-file.ts';
import { findLesson } from '../../lessons/index.ts';
import { SchemaError } from '../../schema.ts';
import { cut } from '../../show.ts';
import { UsageError } from '../arguments.ts';
import { readJson } from '../json.ts';
import { recordingFrom, type RecordedFile } from '../recorded.ts';

/** As it is called without its folder and `.json`. */
export const bareName = (path: string): string =>
  path
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.json$/i, '');

/** @throws UsageError, SchemaError: each names the file */
export function readLab(path: string): LabFile {
  const value = readJson(path, 'a run, a sweep or a recording of the lab');
  try {
    return 'results' in value && 'lesson' in value ? judged(value) : labFileOf(value);
  } catch (error) {
    throw error instanceof SchemaError ? new SchemaError(`"${cut(path, 200)}": ${error.message}`) : error;
  }
}

/** The recording that lies beside a lesson's sources: results, of which its judge makes findings. */
function judged(value: Record<string, unknown>): LabFile {
  const lesson = findLesson(String(value.lesson));
  if (!lesson) throw SchemaError.at('file.lesson', 'must be the name of a lesson that this version has');
  try {
    const recording = recordingFrom(lesson, value as unknown as RecordedFile);
    return { kind: 'recording', recording };
  } catch (error) {
    if (error instanceof SchemaError) throw error;
    throw new UsageError(`it is no recording that this version can judge: ${(error as Error).message}`);
  }
}
