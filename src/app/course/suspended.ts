/** What a course keeps of a lesson between visits, as one text: SCORM 1.2 gives it 4,096 characters. */
import * as v from 'valibot';
import { OUTCOMES } from '../../findings/findings.ts';
import { options } from '../../option-schema.ts';
import { list, message, parse } from '../../schema.ts';

export const MOST_CHARACTERS = 4096;
/** Points of a prediction that are kept, and their digits. */
const MOST_POINTS = 64;
const DIGITS = 5;

const finite = v.pipe(v.number(message('number', -Infinity, Infinity)), v.finite('must be finite'));
const whole = (min: number, max: number): v.GenericSchema<number> => {
  const allowed = message('integer', min, max);
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(min, allowed), v.maxValue(max, allowed));
};
const yes = v.optional(v.boolean('must be true or false'), false);
const AnswerSchema = v.optional(whole(0, 3));

const SuspendedSchema = options({
  version: v.literal(1, 'must be 1'),
  /** of the learner's runs, on whatever machine */
  seed: whole(0, 0xffffffff),
  prediction: v.optional(
    options({
      kind: v.picklist(['level', 'point', 'curve'], 'must be level, point or curve'),
      points: list(
        v.tuple([finite, finite], 'must be a point'),
        MOST_POINTS,
        `at most ${MOST_POINTS} points`,
      ),
    }),
  ),
  /** what was predicted is said, and not only drawn */
  said: yes,
  /** the answer was seen */
  seen: yes,
  /** how near the prediction was, 0 … 100 */
  points: v.optional(whole(0, 100)),
  /** of the learner's own run */
  outcome: v.optional(v.picklist(OUTCOMES, 'must be an outcome')),
  /** the check was answered */
  checked: yes,
  /** its first answer was right, where a run could tell */
  right: v.optional(v.boolean('must be true or false')),
  /** answers to the question of four options */
  before: AnswerSchema,
  after: AnswerSchema,
});

export type Suspended = v.InferOutput<typeof SuspendedSchema>;

/** @param text that anybody may have written @returns nothing where there is nothing to go on from */
export function readSuspended(text: string): Suspended | undefined {
  if (!text) return undefined;
  try {
    return parse(SuspendedSchema, JSON.parse(text));
  } catch (error) {
    console.warn(error);
    return undefined;
  }
}

/** Never longer than a course keeps. */
export function writeSuspended(state: Suspended): string {
  const { prediction } = state;
  const points = evenly(prediction?.points ?? []).map(([x, y]): [number, number] => [rounded(x), rounded(y)]);
  return JSON.stringify({
    ...state,
    prediction: prediction && points.length ? { kind: prediction.kind, points } : undefined,
  });
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** The first and the last, and what lies between as densely as it fits. */
function evenly<T>(items: readonly T[]): readonly T[] {
  if (items.length <= MOST_POINTS) return items;
  const step = (items.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => items[Math.round(i * step)]!);
}
