/** A run that a learner keeps: what a recording has, and what the learner made of it. */
import * as v from 'valibot';
import { list, record } from '../schema.ts';
import { MOST_BYTES, type Recording, RecordingSchema } from './recording.ts';

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

const number = v.pipe(v.number('must be a number'), v.finite('must be finite'));
/** Changes, predictions and points of a prediction. */
const MOST_ENTRIES = 200;

export const KeptRunSchema = v.object({
  ...RecordingSchema.entries,
  name: v.pipe(v.string('must be a text'), v.maxLength(200, 'must have at most 200 characters')),
  changes: v.optional(
    record(v.string(), v.unknown(), MOST_ENTRIES, 'must be an object of values by path'),
    {},
  ),
  prediction: v.optional(
    record(
      v.string(),
      v.union(
        [number, list(v.tuple([number, number]), MOST_ENTRIES, 'must be a list of points')],
        'must be a number or a curve',
      ),
      MOST_ENTRIES,
      'must be predictions by name',
    ),
    {},
  ),
});

/** A file of them. */
export const RunsFileSchema = v.object({
  format: v.literal(RUNS_FORMAT, `must be "${RUNS_FORMAT}"`),
  runs: list(KeptRunSchema, MOST_RUNS, `must be a list of at most ${MOST_RUNS} runs`),
});
