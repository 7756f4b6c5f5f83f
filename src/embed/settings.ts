/** From attributes, which are anybody's text, to settings that can be trusted: checked, bounded, filled in. */
import { WANTED, type Wanted } from '../devices/choice.ts';
import { type AttributeCode, type AttributeParams, attributeProblem } from '../attribute-words.ts';
import { isWithin, readJSON } from '../json.ts';
import { EXPERIMENT_NAMES } from '../lessons/path.ts';
import { type Problem, SchemaError } from '../problems.ts';
import { show, showKey } from '../show.ts';

/** Longest JSON that is read, and how deep it may be nested. */
const MOST_CHARACTERS = 16_384;
const MOST_DEPTH = 12;
const MOST_ENTRIES = 50;
const MOST_CONTROLS = 12;
const MOST_SEED = 0xffffffff;

const SIZES = ['auto', 'small', 'standard', 'large'] as const;
const SCALES = ['auto', 'linear', 'log-x', 'log-y', 'log-log'] as const;
const THEMES = ['auto', 'light', 'dark'] as const;
const LOADINGS = ['lazy', 'eager'] as const;
const REVEALS = ['manual', 'auto'] as const;
const ANSWERS = ['wait', 'shown'] as const;
const VIEWS = ['curve', 'inside'] as const;
const KINDS = ['level', 'point', 'curve'] as const;

const PATH = /^[a-z][\w.]{0,60}$/i;
const FIGURE = /^[\w-]{1,60}$/;

export interface Settings {
  /** one with figures of its own; the sandbox has none: `spec` is for that */
  lesson?: string | undefined;
  /** a RunSpec or a sweep */
  spec?: Record<string, unknown> | undefined;
  seed?: number | undefined;
  size: (typeof SIZES)[number];
  /** values by the paths of settings */
  changes: Record<string, unknown>;
  prediction?: { kind: (typeof KINDS)[number]; points: [number, number][] } | undefined;
  answer: (typeof ANSWERS)[number];
  view: (typeof VIEWS)[number];
  /** the name of one of the lesson's figures */
  figure?: string | undefined;
  scale: (typeof SCALES)[number];
  theme: (typeof THEMES)[number];
  controls: string[];
  loading: (typeof LOADINGS)[number];
  reveal: (typeof REVEALS)[number];
  /** what it trains on */
  device: Wanted;
  poster?: string | undefined;
}

/** The attributes and properties as they come. */
export type Raw = Partial<Record<keyof Settings, unknown>>;

const JSON_KEYS = ['spec', 'changes', 'prediction'] as const;

/** @throws SchemaError with a line per wrong key */
export function readSettings(raw: Raw, base: string): Settings {
  const given: Raw = {};
  for (const [key, value] of Object.entries(raw)) {
    if (value !== undefined && value !== null && value !== '') given[key as keyof Raw] = value;
  }
  for (const key of JSON_KEYS) if (key in given) given[key] = withoutPrototypes(dataOf(key, given[key]));
  if (matches(/^\d{1,10}$/)(given.seed)) given.seed = Number(given.seed);
  given.controls = listOf(raw.controls);
  const settings = checked(given);
  if (!settings.spec === !settings.lesson) {
    throw refusal('lesson', 'lesson-or-spec');
  }
  if (settings.poster !== undefined) settings.poster = pictureURL(settings.poster, base);
  return settings;
}

const refusal = <Code extends AttributeCode>(
  path: string,
  code: Code,
  ...params: AttributeParams<Code>
): SchemaError => new SchemaError([attributeProblem(path, code, params)]);

/** By hand: a library of schemas would be a tenth of what a page loads first. */
function checked(given: Raw): Settings {
  const problems: Problem[] = [];
  const need = <Code extends AttributeCode>(
    isRight: boolean,
    path: string,
    value: unknown,
    code: Code,
    ...params: AttributeParams<Code>
  ): void => {
    if (!isRight) problems.push(attributeProblem(path, code, params, show(value)));
  };
  const optional = <Code extends AttributeCode>(
    key: keyof Raw,
    isRight: (value: unknown) => boolean,
    code: Code,
    ...params: AttributeParams<Code>
  ): void => need(!(key in given) || isRight(given[key]), key, given[key], code, ...params);
  const word = <T extends string>(key: keyof Raw, words: readonly [T, ...T[]]): T => {
    optional(key, isOneOf(words), 'choice', words.join(', '));
    return (given[key] ?? words[0]) as T;
  };

  optional('lesson', isOneOf(EXPERIMENT_NAMES), 'lesson-name');
  optional('seed', isSeed, 'integer', 0, MOST_SEED);
  optional('figure', matches(FIGURE), 'figure-name');
  optional('poster', (value) => typeof value === 'string', 'address');
  optional('spec', isRecord, 'spec-or-sweep', MOST_ENTRIES);
  optional('changes', isRecord, 'changes', MOST_ENTRIES);
  if (isRecord(given.changes)) {
    for (const key of Object.keys(given.changes))
      need(PATH.test(key), `changes.${showKey(key)}`, key, 'change-path');
  }
  optional('prediction', isRecord, 'prediction');
  if (isRecord(given.prediction)) {
    const { kind, points, ...others } = given.prediction;
    need(isOneOf(KINDS)(kind), 'prediction.kind', kind, 'choice', KINDS.join(', '));
    const areSome = Array.isArray(points) && points.length > 0 && points.length <= MOST_ENTRIES;
    need(areSome, 'prediction.points', points, 'points', MOST_ENTRIES);
    if (areSome) {
      points.forEach((point, i) => need(isPoint(point), `prediction.points.${i}`, point, 'point'));
    }
    for (const key of Object.keys(others)) {
      const path = `prediction.${showKey(key)}`;
      problems.push(attributeProblem(path, 'unknown', ['kind, points']));
    }
  }
  const { controls } = given;
  const areNames =
    Array.isArray(controls) && controls.length <= MOST_CONTROLS && itemsOf(controls).every(matches(PATH));
  need(areNames, 'controls', controls, 'names', MOST_CONTROLS);
  const settings = {
    ...given,
    changes: given.changes ?? {},
    controls: areNames ? (itemsOf(controls) as string[]) : [],
    size: word('size', SIZES),
    answer: word('answer', ANSWERS),
    view: word('view', VIEWS),
    scale: word('scale', SCALES),
    theme: word('theme', THEMES),
    loading: word('loading', LOADINGS),
    reveal: word('reveal', REVEALS),
    device: word('device', WANTED),
  };
  if (problems.length) throw new SchemaError(problems);
  return settings as Settings;
}

const isOneOf =
  (words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string);

const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);

/** By their places: `every` passes over holes, and an iterator may be the list's own. */
const itemsOf = (list: ArrayLike<unknown>): unknown[] =>
  Array.from({ length: list.length }, (_, i) => list[i]);

const isSeed = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST_SEED;

const isPoint = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

/** A copy without the keys through which an object's prototype could be changed. */
function withoutPrototypes(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const own = Object.entries(value).filter(([key]) => !/^(__proto__|prototype|constructor)$/.test(key));
  return Object.fromEntries(own);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MOST_ENTRIES;

/** Whether the author has changed one of these settings. */
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
  let fits = true;
  let text: string | undefined;
  try {
    fits = isWithin(value, { depth: MOST_DEPTH, entries: MOST_CHARACTERS });
    if (fits) text = JSON.stringify(value);
  } catch {
    text = undefined; // Getters that throw, and numbers that JSON does not know.
  }
  if (!fits) throw refusal(key, 'large-value', MOST_DEPTH);
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
  throw refusal('poster', 'address');
}

/** Where a link may lead; undefined for anything but a page on the web. */
export function pageURL(value: string, base: string): URL | undefined {
  const url = read(value, base);
  return url && isWeb(url) ? url : undefined;
}
