/**
 * Paths into settings, such as `model.width`: the one place that reads and writes them, for lessons, the sandbox,
 * sweeps and the command line. Paths come from anybody: only an object's own keys and a list's own places are met, so
 * that none leads to a prototype or to the length of a list.
 */
import { RESERVED } from './json.ts';
import { refusal } from './refusal.ts';
import { show, showKey } from './show.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Characters and keys of a path. */
const MOST_CHARACTERS = 200;
const MOST_KEYS = 8;
const FORBIDDEN = ['', ...RESERVED];

/**
 * The settings with a value at a path of dot-separated keys; objects on the way are made where they are missing.
 * What is given stays as it is: all that changes is copied.
 * @throws SchemaError when the path leads through something that is no object, or to a place that a list does not have
 */
export function setPath<T extends Settings>(settings: T, path: string, value: unknown): T {
  return put(settings, keysOf(path), value, path) as T;
}

/** What settings spell out at a path, or undefined. */
export function getPath(settings: Settings, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (place, key) => (isContainer(place) && has(place, key) ? place[key] : undefined),
      settings,
    );
}

/** Whether a text is a path of settings: not too long, and none of its keys leads to a prototype. */
export function isPath(path: string): boolean {
  if (path.length > MOST_CHARACTERS) return false;
  const keys = path.split('.');
  return keys.length <= MOST_KEYS && !keys.some((key) => FORBIDDEN.includes(key));
}

/** Settings without nesting: what is no object, by its path. */
export function valuesByPath(settings: Settings, before = ''): Record<string, unknown> {
  return Object.entries(settings).reduce<Record<string, unknown>>(
    (values, [key, value]) =>
      isContainer(value) && !Array.isArray(value)
        ? { ...values, ...valuesByPath(value, `${before}${key}.`) }
        : { ...values, [before + key]: value },
    {},
  );
}

/** @throws SchemaError for what is no path of settings */
function keysOf(path: string): string[] {
  if (isPath(path)) return path.split('.');
  throw refusal(showKey(path), 'path');
}

/** @param at the key under which `place` was met */
function put(place: unknown, keys: readonly string[], value: unknown, path: string, at = ''): unknown {
  const [key = '', ...rest] = keys;
  if (keys.length === 0) return value;
  if (!isContainer(place)) throw refusal(showKey(path), 'no-object', showKey(at), show(place));
  if (Array.isArray(place) && !has(place, key)) {
    throw refusal(showKey(path), 'no-place', showKey(at), place.length, showKey(key));
  }
  const next = has(place, key) ? place[key] : undefined;
  const inner = put(rest.length && next === undefined ? {} : next, rest, value, path, key);
  return Array.isArray(place) ? (place as unknown[]).with(Number(key), inner) : { ...place, [key]: inner };
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether a list has that place, or an object that key of its own. */
function has(place: object, key: string): boolean {
  if (!Array.isArray(place)) return Object.hasOwn(place, key);
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < place.length;
}
