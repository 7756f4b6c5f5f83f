/**
 * Options of a task: one Valibot entry each, from which types, defaults, form fields and errors follow.
 * Messages say what is allowed; the key stands in the issue's path.
 */
import * as v from 'valibot';

/** Most 32-bit words in one table of examples: WebGPU's default limit for a storage binding is 128 MiB. */
export const MAX_WORDS = 2 ** 25;

type Option<T> = v.OptionalSchema<v.GenericSchema<T>, T>;

/** A whole number in [min, max]. */
export function integer(fallback: number, min: number, max: number, description: string): Option<number> {
  const allowed = `must be an integer from ${min} to ${max}`;
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

/** A real number in [min, max]. */
export function real(fallback: number, min: number, max: number, description: string): Option<number> {
  const allowed = `must be a number from ${min} to ${max}`;
  return v.optional(
    v.pipe(v.number(allowed), v.minValue(min, allowed), v.maxValue(max, allowed), v.description(description)),
    fallback,
  );
}

/** One of a few words; the first is the default. */
export function choice<const T extends string>(
  choices: readonly [T, ...T[]],
  description: string,
): Option<T> {
  const allowed = `must be one of ${choices.join(', ')}`;
  return v.optional(v.pipe(v.picklist(choices, allowed), v.description(description)), choices[0]);
}

/** A text of min to max UTF-16 units. */
export function string(fallback: string, min: number, max: number, description: string): Option<string> {
  const allowed = `must be a text of ${min} to ${max} characters`;
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

/** Options that many tasks share. */
export const world = (): Option<number> =>
  integer(1, 0, 0xffffffff, 'Seed of the world itself: what is true in it. Runs with other seeds share it.');
export const pool = (fallback: number, max: number): Option<number> =>
  integer(fallback, 1, max, 'Rows in the pool of training examples; at least as many as a run draws.');
export const validation = (fallback: number): Option<number> =>
  integer(fallback, 1, 65536, 'Rows in the held-out validation set.');

/** All options of a task; a key that is not among them is refused. */
export function options<const E extends v.ObjectEntries>(
  entries: E,
): v.StrictObjectSchema<E, (issue: v.StrictObjectIssue) => string> {
  return v.strictObject(entries, (issue) =>
    issue.expected === 'never'
      ? `unknown option; known are ${Object.keys(entries).join(', ')}`
      : 'must be an object of options',
  );
}

/** What a form needs to know of one option. */
export type Field = { key: string; description: string } & (
  | { kind: 'integer' | 'real'; default: number; min: number; max: number }
  | { kind: 'choice'; default: string; choices: string[] }
  | { kind: 'text'; default: string; max: number }
);

interface Inspected {
  entries: Record<string, { default: never; wrapped: { pipe: InspectedItem[] } }>;
}
interface InspectedItem {
  type: string;
  requirement?: number;
  description?: string;
  options?: string[];
}

/** The fields of a task's form, in order, read from its schema. */
export function fields(schema: v.GenericSchema): Field[] {
  const { entries } = schema as unknown as Inspected;
  return Object.entries(entries).map(([key, entry]) => {
    const items = entry.wrapped.pipe;
    const find = (type: string): InspectedItem | undefined => items.find((item) => item.type === type);
    const common = { key, description: find('description')?.description ?? '', default: entry.default };
    const choices = find('picklist')?.options;
    if (choices) return { ...common, kind: 'choice', choices };
    if (find('string')) return { ...common, kind: 'text', max: find('max_length')!.requirement! };
    const kind = find('integer') ? 'integer' : 'real';
    return { ...common, kind, min: find('min_value')!.requirement!, max: find('max_value')!.requirement! };
  });
}

/** Fills in the defaults, or throws an error that names each wrong key and what is allowed there. */
export function parse<T>(schema: v.GenericSchema<unknown, T>, input: unknown): T {
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (result.success) return result.output;
  throw new RangeError(result.issues.map(explain).join('\n'));
}

function explain(issue: v.BaseIssue<unknown>): string {
  const place = issue.path?.at(-1);
  if (!place) return issue.message;
  const given = issue.expected === 'never' ? '' : `, not ${shorten(show(place.value))}`;
  return `${v.getDotPath(issue) ?? ''}: ${issue.message}${given}`;
}

/** JSON, save for numbers that JSON does not know (NaN, Infinity). */
const show = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value));

const shorten = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);
