/** Reads a file of any kind that the lab writes; whatever it holds is checked as if a stranger had written it. */
import {
  type KeptRun,
  MOST_CHARACTERS,
  MOST_RUNS,
  RUNS_FORMAT,
  RunsFileSchema,
} from '../findings/kept-run.ts';
import { type Recording, RecordingSchema } from '../findings/recording.ts';
import { readJSON } from '../json.ts';
import { says } from '../problem-words.ts';
import { RECORD_PROBLEMS } from '../record-words.ts';
import { FILE_PROBLEMS } from '../file-words.ts';
import { problemAt, refusalOf } from '../refusal.ts';
import { isObject, parse, SchemaError } from '../schema.ts';
import { show } from '../show.ts';
import { parseResult } from '../training/results/parse-result.ts';
import type { RunResult } from '../training/results/result.ts';
import { RUN_FORMAT, SWEEP_FORMAT } from './formats.ts';

const refusal = refusalOf(FILE_PROBLEMS);

export interface SweptRun {
  /** its values on the axes, by path */
  values: Record<string, unknown>;
  result: RunResult;
}

export type LabFile =
  | { kind: 'run'; result: RunResult }
  | { kind: 'runs'; runs: KeptRun[] }
  | { kind: 'recording'; recording: Recording }
  | { kind: 'sweep'; runs: SweptRun[] };

const FORMATS = [RUN_FORMAT, RUNS_FORMAT, SWEEP_FORMAT].map((format) => `"${format}"`).join(', ');

/** @throws SchemaError that says what the file is instead */
export function readLabFile(text: string): LabFile {
  return labFileOf(readJSON(text, 'file', { characters: MOST_CHARACTERS }));
}

/** What a JSON value holds. @throws SchemaError */
export function labFileOf(value: unknown): LabFile {
  if (!isObject(value)) throw refusal('file', 'json');
  switch (value.format ?? formatOf(value)) {
    case RUN_FORMAT:
      return { kind: 'run', result: inside('file', () => parseResult(value)) };
    case RUNS_FORMAT:
      return { kind: 'runs', runs: parse(RunsFileSchema, value, 'file', { entries: MOST_CHARACTERS }).runs };
    case SWEEP_FORMAT:
      return { kind: 'sweep', runs: sweptRuns(value.runs) };
    case 'recording':
      return {
        kind: 'recording',
        recording: parse(RecordingSchema, value, 'file', { entries: MOST_CHARACTERS }),
      };
    case 'results':
      throw refusal('file', 'of-lesson');
    case 'settings':
      throw refusal('file', 'only-settings');
    default:
      throw new SchemaError([problemAt('file.format', says('choice', FORMATS), show(value.format))]);
  }
}

/** The kind of a file that does not name it, as those of older versions and recordings of lessons. */
function formatOf(value: Record<string, unknown>): string | undefined {
  if ('findings' in value && 'lesson' in value) return 'recording';
  if ('results' in value && 'lesson' in value) return 'results';
  if ('sweep' in value && Array.isArray(value.runs)) return SWEEP_FORMAT;
  if ('losses' in value && 'spec' in value) return RUN_FORMAT;
  return 'axes' in value || 'task' in value ? 'settings' : undefined;
}

function sweptRuns(runs: unknown): SweptRun[] {
  if (!Array.isArray(runs) || runs.length > MOST_RUNS) {
    throw refusalOf(RECORD_PROBLEMS)('file.runs', 'list-of-runs', MOST_RUNS);
  }
  return runs.map((run: unknown, i) => {
    const at = `file.runs.${i}`;
    if (!isObject(run) || !isObject(run.values)) {
      throw refusal(at, 'swept-run');
    }
    return { values: run.values, result: inside(`${at}.result`, () => parseResult(run.result)) };
  });
}

/** What is wrong, with the place at which it is. */
function inside<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw new SchemaError(
      error.problems.map((problem) => ({
        ...problem,
        path: [place, problem.path].filter(Boolean).join('.'),
      })),
    );
  }
}
