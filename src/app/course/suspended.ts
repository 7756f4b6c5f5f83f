/** What a course keeps of a lesson between visits, as one text: SCORM 1.2 gives it 4,096 characters. */
import * as v from 'valibot';
import { AnswerSchema } from '../../class/result.ts';
import { OUTCOMES } from '../../findings/findings.ts';
import { readJSON } from '../../json.ts';
import { evenly } from '../../lessons/question.ts';
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
const flag = v.boolean(message('flag'));
const yes = v.optional(flag, false);

const SuspendedSchema = options({
  version: v.literal(1, 'must be 1'),
  /** of the learner's runs, on whatever machine */
  seed: whole(0, 0xffffffff),
  /** as it was when it counted, or the answer was shown */
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
  /** the answer was seen */
  seen: yes,
  /** how near the prediction was, 0 … 100 */
  points: v.optional(whole(0, 100)),
  /** of the learner's own run */
  outcome: v.optional(v.picklist(OUTCOMES, 'must be an outcome')),
  /** the check was answered */
  checked: yes,
  /** its first answer was right, where a run could tell */
  right: v.optional(flag),
  /** answers to the question of four options */
  before: AnswerSchema,
  after: AnswerSchema,
});

export type Suspended = v.InferOutput<typeof SuspendedSchema>;

/** @param text that anybody may have written @returns nothing where there is nothing to go on from */
export function readSuspended(text: string): Suspended | undefined {
  if (!text) return undefined;
  try {
    return parse(SuspendedSchema, readJSON(text, 'suspend_data', { characters: MOST_CHARACTERS }));
  } catch (error) {
    console.warn(error);
    return undefined;
  }
}

/** Never longer than a course keeps. */
export function writeSuspended(state: Suspended): string {
  const { prediction } = state;
  const points = evenly(prediction?.points ?? [], MOST_POINTS).map(([x, y]): [number, number] => [
    rounded(x),
    rounded(y),
  ]);
  return JSON.stringify({
    ...state,
    prediction: prediction && points.length ? { kind: prediction.kind, points } : undefined,
  });
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
