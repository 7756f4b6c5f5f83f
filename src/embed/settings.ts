/** From attributes, which are anybody's text, to settings that can be trusted: checked, bounded, filled in. */
import * as v from 'valibot';
import { WANTED } from '../devices/choice.ts';
import { LESSON_NAMES } from '../lessons/names.ts';
import { isWithin, readJSON } from '../json.ts';
import { choice, list, options, parse, record, SchemaError } from '../schema.ts';

/** Longest JSON that is read, and how deep it may be nested. */
const MOST_CHARACTERS = 16_384;
const MOST_DEPTH = 12;
const MOST_ENTRIES = 50;

export const THEMES = ['auto', 'light', 'dark'] as const;
export const SCALES = ['auto', 'linear', 'log-x', 'log-y', 'log-log'] as const;

const finite = v.pipe(v.number('must be a number'), v.finite('must be finite'));
const wholeSeed = 'must be an integer from 0 to 4294967295';
const seed = v.pipe(
  v.number(wholeSeed),
  v.integer(wholeSeed),
  v.minValue(0, wholeSeed),
  v.maxValue(0xffffffff, wholeSeed),
);
const path = v.pipe(v.string(), v.regex(/^[a-z][\w.]{0,60}$/i, 'must be the path of a setting'));

/** The sandbox has no figure of its own: `spec` is for that. */
const WITH_FIGURES = LESSON_NAMES.filter((name) => name !== 'sandbox');

const SettingsSchema = options({
  lesson: v.optional(v.picklist(WITH_FIGURES, 'must be the name of a lesson')),
  spec: v.optional(record(v.string(), v.unknown(), MOST_ENTRIES, 'must be a RunSpec or a sweep')),
  seed: v.optional(seed),
  size: choice(['auto', 'small', 'standard', 'large'], 'How large the experiment is.'),
  changes: v.optional(record(path, v.unknown(), MOST_ENTRIES, 'must be an object of values by path'), {}),
  prediction: v.optional(
    options({
      kind: v.picklist(['level', 'point', 'curve'], 'must be level, point or curve'),
      points: v.pipe(
        list(
          v.tuple([finite, finite], 'must be a point'),
          MOST_ENTRIES,
          `must be a list of at most ${MOST_ENTRIES} points`,
        ),
        v.minLength(1, 'must have a point'),
      ),
    }),
  ),
  figure: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/, 'must be the name of a figure'))),
  scale: choice(SCALES, 'Which axes are logarithmic.'),
  theme: choice(THEMES, 'Colours.'),
  controls: list(path, 12, 'must be a list of at most 12 names'),
  loading: choice(['lazy', 'eager'], 'When the figure is loaded.'),
  reveal: choice(['manual', 'auto'], 'Whether training waits to be asked for.'),
  device: choice(WANTED, 'What it trains on.'),
  poster: v.optional(v.string()),
});

export type Settings = v.InferOutput<typeof SettingsSchema>;

/** The attributes and properties as they come. */
export type Raw = Partial<Record<keyof Settings, unknown>>;

const JSON_KEYS = ['spec', 'changes', 'prediction'] as const;

/** @throws SchemaError with a line per wrong key */
export function readSettings(raw: Raw, base: string): Settings {
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (value !== undefined && value !== null && value !== '') given[key] = value;
  }
  for (const key of JSON_KEYS) if (key in given) given[key] = dataOf(key, given[key]);
  if (typeof given.seed === 'string') given.seed = /^\d{1,10}$/.test(given.seed) ? Number(given.seed) : NaN;
  given.controls = listOf(raw.controls);
  const settings = parse(SettingsSchema, given);
  if (!settings.spec === !settings.lesson) {
    throw new SchemaError('lesson: give the name of a lesson, or a spec, not both and not neither');
  }
  if (settings.poster !== undefined) settings.poster = pictureURL(settings.poster, base);
  return settings;
}

/** Whether an author has said something else of these. */
export function differ(
  before: Settings | undefined,
  now: Settings,
  keys: readonly (keyof Settings)[],
): boolean {
  const [was, is] = [before, now].map((settings) => JSON.stringify(keys.map((key) => settings?.[key])));
  return was !== is;
}

/** What readers may touch when nothing is said: to run it, and to choose among the figures. */
export const PARTS = ['run', 'figures'];

function listOf(value: unknown): unknown {
  if (value === undefined || value === null) return PARTS;
  if (typeof value !== 'string') return value;
  const names = value
    .slice(0, 2000)
    .split(/[\s,]+/)
    .filter(Boolean);
  return names.join() === 'none' ? [] : names;
}

/** An object, or its JSON: a copy that holds nothing but data. */
function dataOf(key: string, value: unknown): unknown {
  const bounds = { depth: MOST_DEPTH, characters: MOST_CHARACTERS };
  if (typeof value === 'string') return readJSON(value, key, bounds);
  if (!isWithin(value, { depth: MOST_DEPTH, entries: MOST_CHARACTERS })) {
    throw new SchemaError(`${key}: is too large, or nested deeper than ${MOST_DEPTH} levels`);
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined; // Getters that throw, and numbers that JSON does not know.
  }
  return readJSON(text ?? '', key, bounds);
}

const isWeb = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'http:';

function read(value: string, base: string): URL | undefined {
  return value.length <= MOST_CHARACTERS && URL.canParse(value, base) ? new URL(value, base) : undefined;
}

/** @throws SchemaError for addresses that are not of a picture */
function pictureURL(value: string, base: string): string {
  const url = read(value, base);
  if (url && (isWeb(url) || url.protocol === 'file:' || url.href.startsWith('data:image/'))) return url.href;
  throw new SchemaError('poster: must be an address on the web');
}

/** Where a link may lead; undefined for anything but a page on the web. */
export function pageURL(value: string, base: string): URL | undefined {
  const url = read(value, base);
  return url && isWeb(url) ? url : undefined;
}
