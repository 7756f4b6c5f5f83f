/** What a learner gives to a class: the prediction, what came out, and one curve of it. No name, and no more than a link holds. */
import * as v from 'valibot';
import { SIZES, type Series } from '../findings/findings.ts';
import type { Recording } from '../findings/recording.ts';
import type { Pooled } from '../lessons/for-class.ts';
import { options } from '../option-schema.ts';
import { list, parse, record } from '../schema.ts';

/** Points of the curve and numbers of the verdict at most, and significant digits of all that was measured. */
export const MOST_POINTS = 24;
export const MOST_NUMBERS = 40;
export const DIGITS = 5;
/** Of a curve, which is looked at. */
const CURVE_DIGITS = 4;
const MOST_PREDICTED = 12;
const MOST_DEVICE = 40;

const finite = v.pipe(v.number('must be a number'), v.finite('must be finite'));
const whole = (min: number, max: number): v.GenericSchema<number> => {
  const allowed = `must be an integer from ${min} to ${max}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(min, allowed), v.maxValue(max, allowed));
};
const matching = (pattern: RegExp, what: string): v.GenericSchema<string> =>
  v.pipe(v.string(`must be ${what}`), v.regex(pattern, `must be ${what}`));
export const AnswerSchema = v.optional(whole(0, 3));

export const PREDICTION_KINDS = ['level', 'point', 'curve', 'number'] as const;

const CurveSchema = v.pipe(
  options({
    x: list(finite, MOST_POINTS, `must be a list of at most ${MOST_POINTS} numbers`),
    y: list(finite, MOST_POINTS, `must be a list of at most ${MOST_POINTS} numbers`),
  }),
  v.check(({ x, y }) => x.length === y.length, 'must have as many y as x'),
);

export const PredictionSchema = options({
  kind: v.picklist(PREDICTION_KINDS, `must be one of ${PREDICTION_KINDS.join(', ')}`),
  points: list(
    v.tuple([finite, finite], 'must be a point'),
    MOST_PREDICTED,
    `must be a list of at most ${MOST_PREDICTED} points`,
  ),
});

export const LessonSchema = matching(/^[a-z-]{1,60}$/, 'the name of a lesson');

const ResultSchema = options({
  lesson: LessonSchema,
  size: v.picklist(SIZES, `must be one of ${SIZES.join(', ')}`),
  seed: whole(0, 0xffffffff),
  /** a random token: who gives a second result takes back the first */
  member: matching(/^[\w-]{8,24}$/, 'a token of 8 to 24 letters and digits'),
  /** when the run ended, seconds since 1970 */
  at: whole(1_600_000_000, 4_102_444_800),
  device: v.pipe(
    v.string('must be a text'),
    v.maxLength(MOST_DEVICE, `must have at most ${MOST_DEVICE} characters`),
    v.regex(/^[^\p{Cc}\p{Cf}]*$/u, 'must have no control characters'),
  ),
  /** of the losses: equal where the same bits were computed */
  digest: matching(/^[\w.-]{1,60}$/, 'a digest'),
  outcome: v.picklist(['holds', 'does-not-hold', 'not-enough-evidence'], 'must be an outcome'),
  /** what the verdict rests on */
  numbers: record(
    matching(/^\w{1,60}$/, 'the name of a number'),
    finite,
    MOST_NUMBERS,
    'must be numbers by name',
  ),
  prediction: v.optional(PredictionSchema),
  /** the answers to the lesson's question, before the prediction and at the end, counted from 0 */
  before: AnswerSchema,
  after: AnswerSchema,
  curve: v.optional(CurveSchema),
  /** where on the horizontal axis the number lies that was predicted, where the lesson says so */
  place: v.optional(finite),
});

export type MemberResult = v.InferOutput<typeof ResultSchema>;
export type Curve = v.InferOutput<typeof CurveSchema>;
export type Outcome = MemberResult['outcome'];

/** @throws SchemaError that says what is wrong, with the path of the key */
export const parseResult = (input: unknown): MemberResult => parse(ResultSchema, input);

/** What one result is made of. */
export interface Given {
  run: Pick<Recording, 'lesson' | 'size' | 'seed' | 'device' | 'digest' | 'date' | 'findings'>;
  pooled: Pooled;
  member: string;
  prediction?: Drawn | undefined;
  before?: number | undefined;
  after?: number | undefined;
}

/** A prediction as it was drawn. */
interface Drawn {
  kind: Predicted['kind'];
  points: readonly (readonly [number, number])[];
}
type Predicted = NonNullable<MemberResult['prediction']>;

/** A prediction with as many points and digits as a class takes. */
export const told = ({ kind, points }: Drawn): Predicted => ({
  kind,
  points: evenly(points, MOST_PREDICTED).map(([x, y]): [number, number] => [rounded(x), rounded(y)]),
});

/** @param points of the curve at most @param most numbers of the verdict at most: its first */
export function memberResult(given: Given, points = MOST_POINTS, most = MOST_NUMBERS): MemberResult {
  const { run, member, prediction, before, after } = given;
  const { lesson, size, seed, device, digest, date, findings } = run;
  const { outcome, numbers } = findings.verdict;
  const curve = thinned(pooledSeries(given), points);
  const place = placeOf(given);
  return {
    lesson,
    size,
    seed,
    member,
    at: Math.floor(Date.parse(date) / 1000),
    device: device.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MOST_DEVICE),
    digest,
    outcome,
    numbers: Object.fromEntries(
      Object.entries(numbers)
        .filter(([, value]) => Number.isFinite(value))
        .slice(0, most)
        .map(([name, value]) => [name, rounded(value, DIGITS)]),
    ),
    ...(prediction && { prediction: told(prediction) }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(curve && { curve }),
    ...(place !== undefined && { place: rounded(place) }),
  };
}

const rounded = (value: number, digits = CURVE_DIGITS): number => Number(value.toPrecision(digits));

/** The series of a run that the class pools. */
export function pooledSeries({ run, pooled }: Pick<Given, 'run' | 'pooled'>): Series | undefined {
  const figure = run.findings.figures.find(({ name }) => name === pooled.figure);
  const all = figure?.series.filter(({ role, mark }) => role === pooled.role && mark === pooled.mark);
  return all?.at(pooled.nth ?? -1);
}

function placeOf({ run, pooled }: Given): number | undefined {
  const figure = run.findings.figures.find(({ name }) => name === pooled.figure);
  const x = figure?.series.find(({ role }) => role === pooled.place)?.x[0];
  return x !== undefined && Number.isFinite(x) ? x : undefined;
}

/** Points with a value, x rising. */
function thinned(series: Series | undefined, most: number): Curve | undefined {
  const points = (series?.x ?? [])
    .flatMap((x, i): [number, number][] => {
      const y = series!.y[i] ?? NaN;
      return Number.isFinite(x) && Number.isFinite(y) ? [[x, y]] : [];
    })
    .sort(([a], [b]) => a - b);
  if (points.length === 0 || most === 0) return undefined;
  const kept = evenly(points, most);
  return { x: kept.map(([x]) => rounded(x)), y: kept.map(([, y]) => rounded(y)) };
}

/** So many of a list at most, the first and the last among them. */
function evenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, i) => items[Math.round((i * (items.length - 1)) / Math.max(1, most - 1))]!,
  );
}
