/** Recorded runs, as a file or a database has them: whatever they hold is checked before it is shown. */
import * as v from 'valibot';
import { RECORD_PROBLEMS } from '../record-words.ts';
import { list, message, messagesOf, record } from '../schema.ts';
import { ROLES, SIZES } from './findings.ts';

const recordMessage = messagesOf(RECORD_PROBLEMS);

/** A recording travels with its lesson: it must stay small. */
export const MOST_BYTES = 60_000;
const text = v.object({ en: v.string(), zh: v.string() }, recordMessage('both-languages'));
/** Of any list in a recording: far more than is drawn, and few enough to be looked at. */
const MOST_ITEMS = 20_000;
const listOf = <S extends v.GenericSchema>(item: S): v.ArraySchema<S, string> =>
  list(item, MOST_ITEMS, recordMessage('long-list', MOST_ITEMS));
const byName = <S extends v.GenericSchema>(item: S): v.GenericSchema<Record<string, v.InferOutput<S>>> =>
  record(v.string(), item, MOST_ITEMS, recordMessage('by-name'));
const numbers = listOf(v.nullable(v.number()));
const cell = v.nullable(v.union([v.number(), v.string()]));
const axis = v.object({ label: text, scale: v.picklist(['linear', 'log']) });

/** JSON has no NaN: where a position could not be found, null stands for it. */
const position = v.pipe(
  v.union([v.null(), v.nan(), v.number()], message('a-number')),
  v.transform((value) => value ?? NaN),
);
const mark = v.object({ x: v.exactOptional(position), series: v.exactOptional(v.number()) });

const SeriesSchema = v.pipe(
  v.object({
    name: text,
    role: v.picklist(ROLES),
    rank: v.exactOptional(v.tuple([position, position])),
    mark: v.picklist(['line', 'points']),
    x: listOf(position),
    y: numbers,
    low: v.exactOptional(listOf(position)),
    high: v.exactOptional(listOf(position)),
  }),
  v.check(
    ({ x, y, low, high }) => [y, low ?? x, high ?? x].every(({ length }) => length === x.length),
    recordMessage('y-as-x'),
  ),
);

/** A recording as a file or a database has it: whatever it holds is checked before it is shown. */
export const RecordingSchema = v.object({
  lesson: v.pipe(v.string(), v.regex(/^[a-z-]{1,60}$/, message('lesson-name'))),
  size: v.picklist(SIZES),
  seed: v.number(),
  device: v.string(),
  /** ISO date */
  date: v.pipe(v.string(), v.isoTimestamp(recordMessage('date'))),
  seconds: v.number(),
  /** of the losses: equal where the same bits were computed */
  digest: v.string(),
  /** the runs' specs by key */
  specs: byName(byName(v.unknown())),
  findings: v.object({
    tables: listOf(
      v.object({
        name: v.string(),
        title: text,
        columns: listOf(v.object({ key: v.string(), title: text })),
        rows: listOf(listOf(cell)),
      }),
    ),
    figures: listOf(
      v.object({
        name: v.string(),
        title: text,
        x: axis,
        y: axis,
        series: listOf(SeriesSchema),
        marks: v.exactOptional(byName(mark)),
      }),
    ),
    fits: byName(v.unknown()),
    listings: v.exactOptional(
      listOf(v.object({ name: v.string(), title: text, measured: text, code: v.string() })),
    ),
    verdict: v.object({
      outcome: v.picklist(['holds', 'does-not-hold', 'not-enough-evidence']),
      numbers: byName(v.number()),
      title: v.exactOptional(text),
      sentence: text,
      refutedBy: text,
    }),
  }),
});

export type Recording = v.InferOutput<typeof RecordingSchema>;
