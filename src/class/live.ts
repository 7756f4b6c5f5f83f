/**
 * A class that is held live, as the server and its pages know it: what the teacher has set, what a member says of itself, what
 * all are shown. Documents come from outside: each of their entries passes a gate, and one that does not is not there.
 */
import * as v from 'valibot';
import { readJSON } from '../json.ts';
import { options } from '../option-schema.ts';
import { parse, record } from '../schema.ts';
import { SIZES, type Size } from '../findings/findings.ts';
import { fromWire } from './codec.ts';
import type { HandsCounts } from './hands.ts';
import type { PooledCurve, Shift, VerdictCount } from './pooled.ts';
import { AnswerSchema, LessonSchema, type MemberResult, PredictionSchema } from './result.ts';

export const PHASES = ['lobby', 'predict', 'run', 'discuss'] as const;
export type Phase = (typeof PHASES)[number];

/** How the work is shared: each member a seed of its own, or one experiment whose cells are handed out. */
export const WORKS = ['own-seed', 'many-hands'] as const;
export type Work = (typeof WORKS)[number];

/** What a member computes with. */
export const TRAINS = ['gpu', 'cpu', 'none'] as const;
export type Trains = (typeof TRAINS)[number];

export const MOST_NAME = 24;
/** UTF-16 units of one entry of a document. */
export const MOST_ENTRY = 8_192;

/** Signs of a class's code: no vowels, so that it spells nothing, and none that is taken for another. */
export const CODE_SIGNS = '23456789BCDFGHJKMNPQRSTVWXZ';
export const CODE_LENGTH = 6;

/** A code as somebody types it; nothing where it is none. */
export function codeIn(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return code.length === CODE_LENGTH && Array.from(code).every((sign) => CODE_SIGNS.includes(sign))
    ? code
    : undefined;
}

/** A code as it is shown: in two halves. */
export const shownCode = (code: string): string => `${code.slice(0, 3)}·${code.slice(3)}`;

/** The documents of a class. Only its member reads and writes `member`; only the teacher writes `plan` and reads `results`. */
export const documentNames = {
  plan: (code: string): string => `${code}/plan`,
  board: (code: string): string => `${code}/board`,
  results: (code: string): string => `${code}/results`,
  member: (code: string, member: string): string => `${code}/member/${member}`,
};

/** The one map of each document. */
export const ENTRIES = 'entries';

export interface Plan {
  phase: Phase;
  lesson: string;
  size: Size;
  work: Work;
  /** of the shared experiment */
  seed: number;
  /** a sweep of the sandbox in the place of the lesson's experiment, as JSON */
  sweep: string | undefined;
  /** names are not shown on the projector */
  hidesNames: boolean;
  ended: boolean;
  /** lessons whose predictions were shown */
  revealed: ReadonlySet<string>;
  removed: ReadonlySet<string>;
  /** names that the teacher gave */
  names: ReadonlyMap<string, string>;
}

/** Keys of the plan that are of a lesson or of a member have its name behind this. */
export const PLAN_KEYS = { revealed: 'revealed/', removed: 'removed/', name: 'name/' } as const;

const SEEDS = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const has = <T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined => {
  const { success, output } = v.safeParse(schema, value);
  return success ? output : undefined;
};

/** @param fallback the lesson where none is named that is one of ours */
export function readPlan(
  entries: Iterable<[string, unknown]>,
  lessons: readonly string[],
  fallback = lessons[0]!,
): Plan {
  const all = new Map(entries);
  const behind = (prefix: string): [string, unknown][] =>
    [...all].flatMap(([key, value]): [string, unknown][] =>
      key.startsWith(prefix) && value !== null ? [[key.slice(prefix.length), value]] : [],
    );
  const named = (prefix: string): Set<string> =>
    new Set(behind(prefix).flatMap(([name, value]) => (value === true ? [name] : [])));
  return {
    phase: has(v.picklist(PHASES), all.get('phase')) ?? 'lobby',
    lesson: has(v.picklist(lessons), all.get('lesson')) ?? fallback,
    size: has(v.picklist(SIZES), all.get('size')) ?? 'small',
    work: has(v.picklist(WORKS), all.get('work')) ?? 'own-seed',
    seed: has(SEEDS, all.get('seed')) ?? 1,
    sweep: has(v.pipe(v.string(), v.minLength(2), v.maxLength(MOST_ENTRY)), all.get('sweep')),
    hidesNames: all.get('hidesNames') === true,
    ended: all.get('ended') === true,
    revealed: named(PLAN_KEYS.revealed),
    removed: named(PLAN_KEYS.removed),
    names: new Map(
      behind(PLAN_KEYS.name).flatMap(([member, value]): [string, string][] => {
        const name = cleanName(value);
        return name ? [[member, name]] : [];
      }),
    ),
  };
}

/** A name as it may be shown: one line, without signs that order or hide others. */
export function cleanName(value: unknown): string {
  if (typeof value !== 'string') return '';
  const plain = value
    .slice(0, 4 * MOST_NAME)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    // More than two marks on a letter are no name.
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return Array.from(plain).slice(0, MOST_NAME).join('');
}

/** What a member says before there is a result. */
const SaidSchema = options({
  lesson: LessonSchema,
  prediction: v.optional(PredictionSchema),
  before: AnswerSchema,
});
export type Said = v.InferOutput<typeof SaidSchema>;

/** What a member's document holds. */
export interface MemberSays {
  name: string;
  trains: Trains | undefined;
  /** the page has a secure context, without which there is no WebGPU */
  secure: boolean;
  /** by lesson */
  said: ReadonlyMap<string, Said>;
  results: ReadonlyMap<string, MemberResult>;
}

/** Keys of a member's document that are of a lesson have its name behind this. */
export const MEMBER_KEYS = { said: 'said/', result: 'result/' } as const;

export function readMember(
  entries: Iterable<[string, unknown]>,
  member: string,
  lessons: readonly string[],
): MemberSays {
  const all = new Map(entries);
  const byLesson = <T extends { lesson: string }>(
    prefix: string,
    read: (value: unknown) => T,
  ): Map<string, T> =>
    new Map(
      lessons.flatMap((lesson): [string, T][] => {
        const entry = all.get(prefix + lesson);
        if (typeof entry !== 'string') return [];
        try {
          const value = read(readJSON(entry, 'entry', { characters: MOST_ENTRY }));
          return value.lesson === lesson ? [[lesson, value]] : [];
        } catch {
          // A stranger's: as if it was not there.
          return [];
        }
      }),
    );
  return {
    name: cleanName(all.get('name')),
    trains: has(v.picklist(TRAINS), all.get('trains')),
    secure: all.get('secure') !== false,
    said: byLesson(MEMBER_KEYS.said, (value) => parse(SaidSchema, value)),
    results: byLesson(MEMBER_KEYS.result, (value) => {
      const result = fromWire(value);
      if (result.member !== member) throw new Error('a result of another member');
      return result;
    }),
  };
}

/** How many are there, and how far they are with the lesson of the plan. */
export interface Counts {
  members: number;
  here: number;
  gpu: number;
  cpu: number;
  none: number;
  insecure: number;
  predicted: number;
  done: number;
}

/** What all found, once it may be seen. */
export interface Summary {
  lesson: string;
  of: number;
  curve: PooledCurve;
  verdicts: VerdictCount;
  /** median distance of predictions from results; null where there is none */
  off: number | null;
  answers: Shift;
}

/** What the server shows to all. */
export interface Board {
  counts: Counts;
  /** of a shared experiment */
  hands: HandsCounts | undefined;
  summary: Summary | undefined;
}

/** A member as the teacher sees it. */
export interface MemberRow {
  id: string;
  name: string;
  here: boolean;
  trains: Trains | undefined;
  secure: boolean;
  predicted: boolean;
  done: boolean;
  /** what was predicted before there is a result, once that is shown */
  said?: Said['prediction'];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const CountsSchema = record(v.string(), count, 20, 'must be counts');
export const NO_COUNTS: Counts = {
  members: 0,
  here: 0,
  gpu: 0,
  cpu: 0,
  none: 0,
  insecure: 0,
  predicted: 0,
  done: 0,
};

/** What the server wrote, which is trusted by its own pages: shape is asked, no more. */
export function readBoard(entries: ReadonlyMap<string, unknown>): Board {
  const counts = has(
    CountsSchema as v.GenericSchema<unknown, Record<string, number>>,
    jsonOf(entries.get('counts')),
  );
  return {
    counts: { ...NO_COUNTS, ...counts },
    hands: (jsonOf(entries.get('hands')) ?? undefined) as HandsCounts | undefined,
    summary: (jsonOf(entries.get('summary')) ?? undefined) as Summary | undefined,
  };
}

const RowSchema = options({
  name: v.pipe(v.string(), v.maxLength(4 * MOST_NAME)),
  here: v.boolean(),
  trains: v.optional(v.picklist(TRAINS)),
  secure: v.boolean(),
  predicted: v.boolean(),
  done: v.boolean(),
  id: v.string(),
  said: v.optional(PredictionSchema),
});

/** Keys of the results' document. */
export const RESULT_KEYS = { member: 'member/', result: 'result/' } as const;

/** What was read of entries that are still the same, by their keys: a thousand results are not read anew for each that comes. */
export type ReadBefore = Map<string, { entry: unknown; row?: MemberRow | undefined; result?: MemberResult }>;

export function readResults(
  entries: Iterable<[string, unknown]>,
  before: ReadBefore = new Map(),
): { rows: MemberRow[]; results: MemberResult[] } {
  const rows: MemberRow[] = [];
  const results: MemberResult[] = [];
  for (const [key, entry] of entries) {
    let read = before.get(key);
    if (read?.entry !== entry) before.set(key, (read = { entry, ...readOne(key, entry) }));
    if (read?.row) rows.push(read.row);
    if (read?.result) results.push(read.result);
  }
  return { rows, results };
}

function readOne(key: string, entry: unknown): { row?: MemberRow | undefined; result?: MemberResult } {
  const found = jsonOf(entry);
  if (found === undefined || found === null) return {};
  if (key.startsWith(RESULT_KEYS.member)) return { row: has(RowSchema, found) as MemberRow | undefined };
  return key.startsWith(RESULT_KEYS.result) ? { result: fromWire(found) } : {};
}

const MOST_SHOWN = 65_536;
function jsonOf(value: unknown): unknown {
  return typeof value === 'string' ? readJSON(value, 'board', { characters: MOST_SHOWN }) : undefined;
}
