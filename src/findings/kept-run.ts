/** A run that a learner keeps: what a recording has, and what the learner made of it. */
import * as v from 'valibot';
import { RECORD_PROBLEMS } from '../record-words.ts';
import { list, message, messagesOf, record } from '../schema.ts';
import { MOST_BYTES, type Recording, RecordingSchema } from './recording.ts';

const recordMessage = messagesOf(RECORD_PROBLEMS);

/** What a file of kept runs calls itself. */
export const RUNS_FORMAT = 'scaling-lab runs 1';
/** A file of runs may hold this many at most. */
export const MOST_RUNS = 1000;
/** Of a file that is read, so long a text at most. */
export const MOST_CHARACTERS = MOST_RUNS * MOST_BYTES;

export interface KeptRun extends Recording {
  /** given by the database */
  id?: number;
  name: string;
  /** values by path in which it differs from the lesson's own experiment */
  changes: Record<string, unknown>;
  prediction: Record<string, number | [number, number][]>;
}

const number = v.pipe(v.number(message('a-number')), v.finite(message('finite')));
/** Changes, predictions and points of a prediction. */
const MOST_ENTRIES = 200;

export const KeptRunSchema = v.object({
  ...RecordingSchema.entries,
  name: v.pipe(v.string(message('a-text')), v.maxLength(200, message('long-text', 200))),
  changes: v.optional(record(v.string(), v.unknown(), MOST_ENTRIES, recordMessage('by-path')), {}),
  prediction: v.optional(
    record(
      v.string(),
      v.union(
        [number, list(v.tuple([number, number]), MOST_ENTRIES, recordMessage('list-of-points'))],
        recordMessage('predicted'),
      ),
      MOST_ENTRIES,
      recordMessage('predictions'),
    ),
    {},
  ),
});

/** A file of them. */
export const RunsFileSchema = v.object({
  format: v.literal(RUNS_FORMAT, message('choice', `"${RUNS_FORMAT}"`)),
  runs: list(KeptRunSchema, MOST_RUNS, recordMessage('list-of-runs', MOST_RUNS)),
});
