/**
 * The vocabulary of all schemas: one Valibot entry each, from which types, defaults, form fields and errors
 * follow. Messages say what is allowed, by code (problem-words.ts) or in English; the key stands in the issue's path.
 */
import * as v from 'valibot';
import { isWithin, MOST_DEPTH, RESERVED } from './json.ts';
import { type Params, type ProblemCode, says, type Said } from './problem-words.ts';
import { type Problem, SchemaError } from './problems.ts';
import { problemAt, refusal } from './refusal.ts';
import { cut, show, showKey } from './show.ts';

export { type Problem, SchemaError } from './problems.ts';

type Option<T> = v.OptionalSchema<v.GenericSchema<T>, T>;

/** A message by its code: Valibot hands on what it is given. */
export const message = <Code extends ProblemCode>(code: Code, ...params: Params<Code>): string =>
  says(code, ...params) as unknown as string;

/** A whole number in [min, max]. */
export function integer(fallback: number, min: number, max: number, description: string): Option<number> {
  const allowed = message('integer', min, max);
  return v.optional(
    v.pipe(
      v.number(allowed),
      v.integer(allowed),
      v.minValue(min, allowed),
      v.maxValue(max, allowed),
      v.description(description),
    ),
    fallback,
  );
}

/** A whole number in [min, max] that follows from the other options where it is not given; forms show the usual one. */
export function integerOrFitting(
  usual: number,
  min: number,
  max: number,
  description: string,
): v.OptionalSchema<v.GenericSchema<number>, undefined> {
  const allowed = message('integer', min, max);
  return v.optional(
    v.pipe(
      v.number(allowed),
      v.integer(allowed),
      v.minValue(min, allowed),
      v.maxValue(max, allowed),
      v.description(description),
      v.metadata({ usual }),
    ),
  );
}

/** A real number in [min, max]. */
export function real(fallback: number, min: number, max: number, description: string): Option<number> {
  const allowed = message('number', min, max);
  return v.optional(
    v.pipe(v.number(allowed), v.minValue(min, allowed), v.maxValue(max, allowed), v.description(description)),
    fallback,
  );
}

/** Yes or no. */
export function flag(fallback: boolean, description: string): Option<boolean> {
  return v.optional(v.pipe(v.boolean(message('flag')), v.description(description)), fallback);
}

/** One of a few words; the first is the default. */
export function choice<const T extends string>(
  choices: readonly [T, ...T[]],
  description: string,
): Option<T> {
  const allowed = message('choice', choices.join(', '));
  return v.optional(v.pipe(v.picklist(choices, allowed), v.description(description)), choices[0]);
}

/** A text of min to max UTF-16 units. */
export function string(fallback: string, min: number, max: number, description: string): Option<string> {
  const allowed = message('text', min, max);
  return v.optional(
    v.pipe(
      v.string(allowed),
      v.minLength(min, allowed),
      v.maxLength(max, allowed),
      v.description(description),
    ),
    fallback,
  );
}

/** A list of at most `most` numbers, whole ones if `whole`, each in [min, max]. */
export function numbers(
  fallback: number[],
  { most, min, max, whole = false }: { most: number; min: number; max: number; whole?: boolean },
  description: string,
): Option<number[]> {
  const allowed = message(whole ? 'integers' : 'numbers', most, min, max);
  const items = v.pipe(v.number(allowed), v.minValue(min, allowed), v.maxValue(max, allowed));
  const item = whole ? v.pipe(items, v.integer(allowed)) : items;
  return v.optional(
    v.pipe(list(item, most, allowed), v.maxLength(most, allowed), v.description(description)),
    fallback,
  );
}

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

/** An object of which all keys are known; one that is not among them is refused. */
export function options<const E extends v.ObjectEntries>(
  entries: E,
): v.StrictObjectSchema<E, (issue: v.StrictObjectIssue) => string> {
  // Without a prototype, `toString` is no known option.
  const known = Object.assign(Object.create(null), entries) as E;
  const schema = v.strictObject(known, (issue) =>
    issue.expected === 'never' ? message('unknown', Object.keys(entries).join(', ')) : message('options'),
  );
  return guarded(schema, Array.isArray);
}

/** The schema, which refuses what `wrong` says before it looks inside. */
function guarded<S extends v.GenericSchema>(schema: S, wrong: (value: unknown) => boolean): S {
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

/** What a form needs to know of one option. */
export type Field = { key: string; description: string } & (
  | { kind: 'integer' | 'real'; default: number; min: number; max: number }
  | { kind: 'choice'; default: string; choices: string[] }
  | { kind: 'text'; default: string; max: number }
  | { kind: 'flag'; default: boolean }
  | { kind: 'numbers'; default: number[]; most: number }
);

interface Inspected {
  entries: Record<string, { default?: never; wrapped?: { pipe?: InspectedItem[] } }>;
}
interface InspectedItem {
  type: string;
  requirement?: number;
  description?: string;
  metadata?: { usual?: number };
  options?: string[];
}

/** The fields of a form, in order, read from a schema; entries that are objects of their own are left out. */
export function fields(schema: v.GenericSchema): Field[] {
  const { entries } = schema as unknown as Inspected;
  return Object.entries(entries).flatMap(([key, entry]): Field[] => {
    const items = entry.wrapped?.pipe;
    if (!items || items[0]?.type === 'strict_object') return [];
    const find = (type: string): InspectedItem | undefined => items.find((item) => item.type === type);
    const preset: unknown = entry.default;
    const common = {
      key,
      description: find('description')?.description ?? '',
      default: (preset ?? find('metadata')?.metadata?.usual) as never,
    };
    const choices = find('picklist')?.options;
    if (choices) return [{ ...common, kind: 'choice', choices }];
    if (find('string')) return [{ ...common, kind: 'text', max: find('max_length')!.requirement! }];
    if (find('boolean')) return [{ ...common, kind: 'flag' }];
    if (find('array')) return [{ ...common, kind: 'numbers', most: find('max_length')!.requirement! }];
    const kind = find('integer') ? 'integer' : 'real';
    return [{ ...common, kind, min: find('min_value')!.requirement!, max: find('max_value')!.requirement! }];
  });
}

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
