/**
 * What all schemas have in common: lists and objects that are bounded, and errors. Messages say what is allowed, by code (problem-words.ts) or in English; the key stands in the issue's path.
 */
import * as v from 'valibot';
import { isWithin, MOST_DEPTH, RESERVED } from './json.ts';
import type { Values } from './attribute-words.ts';
import { type ProblemCode, PROBLEMS, type Said, says, saysOf } from './problem-words.ts';
import { type Problem, SchemaError } from './problems.ts';
import { problemAt, refusal } from './refusal.ts';
import { cut, show, showKey } from './show.ts';

export { type Problem, SchemaError } from './problems.ts';

/** Messages by their codes, in the words of a table: Valibot hands on what it is given. */
export const messagesOf =
  <Words extends Readonly<Record<string, string>>>(words: Words) =>
  <Code extends keyof Words & ProblemCode>(code: Code, ...params: Values<Words[Code]>): string =>
    saysOf(words)(code, ...params) as unknown as string;

/** Of settings. */
export const message = /* @__PURE__ */ messagesOf(PROBLEMS);

/** A list of at most `most` items: its length is asked before its items are, which may be billions of nothing. */
export function list<const S extends v.GenericSchema>(
  item: S,
  most: number,
  allowed: string,
): v.ArraySchema<S, string> {
  return guarded(v.array(item, allowed), (value) => Array.isArray(value) && value.length > most);
}

/** An object of values by keys, at most `most` of them. */
export function record<const K extends v.GenericSchema<string>, const S extends v.GenericSchema>(
  key: K,
  item: S,
  most: number,
  allowed: string,
): v.RecordSchema<K, S, (issue: v.RecordIssue) => string> {
  let why = allowed;
  return guarded(
    v.record(key, item, () => why),
    (value) => {
      why = allowed;
      if (!isObject(value)) return Array.isArray(value);
      const keys = Object.keys(value);
      // Valibot would leave these out without a word.
      const reserved = keys.find((name) => RESERVED.includes(name));
      if (keys.length > most) why = message('entries', most);
      else if (reserved !== undefined) why = message('reserved', reserved);
      return why !== allowed;
    },
  );
}

/** The schema, which refuses what `wrong` says before it looks inside. */
export function guarded<S extends v.GenericSchema>(schema: S, wrong: (value: unknown) => boolean): S {
  return {
    ...schema,
    '~run'(dataset, config) {
      if (!wrong(dataset.value)) return schema['~run'](dataset, config);
      v._addIssue(this, 'type', dataset, config);
      return dataset as unknown as v.FailureDataset<v.InferIssue<S>>;
    },
  };
}

/** A plain object: no list, not null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How large the input of a schema may be: bounds of all lists and objects together, before any is looked at. */
const BOUNDS = { depth: MOST_DEPTH, entries: 200_000 };

/** Fills in the defaults. `path` goes before each key in messages. @throws SchemaError */
export function parse<T>(
  schema: v.GenericSchema<unknown, T>,
  input: unknown,
  path = '',
  bounds: Partial<typeof BOUNDS> = {},
): T {
  const { depth, entries } = { ...BOUNDS, ...bounds };
  if (!isWithin(input, { depth, entries })) throw refusal(path, 'too-large', depth, entries);
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (result.success) return result.output;
  throw new SchemaError(result.issues.map((issue) => explain(issue, path)));
}

/** Characters of what is allowed: some schemas say what they were given in it. */
const MOST_MESSAGE = 500;

function explain(issue: v.BaseIssue<unknown>, start: string): Problem {
  const places = issue.path ?? [];
  const place = places.at(-1);
  // Where the key is missing that tells the forms of an object apart, the words are about the object, not the key.
  const isForm = issue.type === 'variant' && place?.type === 'object' && place.value === undefined;
  const keys = places.slice(0, isForm ? -1 : undefined).map(({ key }) => showKey(key));
  const path = [start, ...keys].filter(Boolean).join('.');
  // Valibot says what the whole object must be, where one of its keys is not there.
  const isMissing =
    issue.received === 'undefined' && place !== undefined && issue.expected === JSON.stringify(place.key);
  if (isMissing) return problemAt(path, says('missing'));
  const given = issue.expected === 'never' || !place ? undefined : show(isForm ? place.input : place.value);
  const allowed = issue.message as string | Said;
  if (typeof allowed === 'object') return problemAt(path, allowed, given);
  const short = cut(allowed, MOST_MESSAGE);
  return { path, message: given === undefined ? short : `${short}, not ${given}` };
}
