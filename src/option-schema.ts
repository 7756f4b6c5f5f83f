/**
 * The vocabulary of settings: one Valibot entry each, from which types, defaults, form fields and errors follow. Apart from
 * schema.ts, which pages load at once.
 */
import * as v from 'valibot';
import { guarded, list, message } from './schema.ts';

type Option<T> = v.OptionalSchema<v.GenericSchema<T>, T>;

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
