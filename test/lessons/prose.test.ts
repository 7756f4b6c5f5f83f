/**
 * The prose of the lessons, as the build compiles it: true to the lesson's own numbers and moments, and the same
 * lesson in every language. The format is described in src/lessons/README.md; what the compiler itself refuses is
 * tested in test/prose/compile.test.ts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Prose } from '../../src/app/prose.ts';
import { type Comparison, holds, parseCondition } from '../../src/components/condition.ts';
import { changed, type Changes } from '../../src/lessons/changes.ts';
import { findLesson } from '../../src/lessons/index.ts';
import { LESSON_NAMES } from '../../src/lessons/path.ts';
import { compileFile } from '../../build/prose/compile.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { recordingFile, recordingOf } from '../support/recording.ts';

const LANGUAGES = ['en', 'zh'] as const;
const SECTIONS = ['predict', 'run', 'explain', 'try', 'check'];
/** The sandbox shows one run of anybody's choice; it has no verdict, but a loss. */
const NUMBERS_OF_SANDBOX = ['trainLoss'];

const FOLDER = join(import.meta.dirname, '../../src/lessons');
const load = (lesson: string, language: (typeof LANGUAGES)[number]): Prose =>
  compileFile(join(FOLDER, lesson, `${language}.md`), language);
const both = (lesson: string): Prose[] => LANGUAGES.map((language) => load(lesson, language));

/** The numbers that a lesson's verdict rests on; undefined while nothing is recorded, which complete.test.ts says. */
function numbersOf(lesson: string): string[] | undefined {
  if (lesson === 'sandbox') return NUMBERS_OF_SANDBOX;
  if (!existsSync(recordingFile(lesson))) return undefined;
  const designed = findLesson(lesson)?.designed?.('standard') ?? {};
  return Object.keys({ ...recordingOf(lesson).findings.verdict.numbers, ...designed });
}

const plain = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** Values of an attribute, in their order. */
const attributes = (html: string, name: string): string[] =>
  Array.from(html.matchAll(new RegExp(` data-${name}="([^"]*)"`, 'g')), ([, value]) => plain(value!));
const allHtml = ({ sections }: Prose): string => sections.map(({ html }) => html).join('\n');
const sectionOf = ({ sections }: Prose, name: string): string =>
  sections.find((section) => section.name === name)?.html ?? '';
const conditionsOf = (html: string): Comparison[][] => attributes(html, 'when').map(parseCondition);

/** Elements that act, with their attributes: what must be the same in every language. */
const elementsOf = (html: string): string[] =>
  Array.from(html.matchAll(/<[a-z]+ [^>]*data-[^>]*>|<dfn>/g), ([tag]) =>
    tag.replace(/ title="[^"]*"/, ''),
  ).sort();
/** Formulas without the words inside them, which are in the reader's language. */
const formulasOf = (html: string): string[] =>
  Array.from(html.matchAll(/<math[^]*?<\/math>/g), ([math]) =>
    math.replace(/<mtext[^]*?<\/mtext>/g, ''),
  ).sort();

/** Every mixture of values on, below, between and above the constants that the conditions name. */
function situations(conditions: readonly Comparison[][]): Record<string, number>[] {
  const sides = conditions.flat().flatMap(({ left, right }) => [left, right]);
  const names = [...new Set(sides.filter((side) => typeof side === 'string'))];
  const constants = sides.filter((side) => typeof side === 'number');
  const values = [...new Set([0, 1, ...constants].flatMap((value) => [value, value - 1e-3, value + 1e-3]))];
  return names
    .reduce<Record<string, number>[]>(
      (rows, name) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
      [{}],
    )
    .filter(({ low, high }) => low === undefined || high === undefined || low <= high);
}

describe.each(LESSON_NAMES)('%s', (lesson) => {
  const sections = lesson === 'sandbox' ? SECTIONS.slice(0, -1) : SECTIONS;
  const numbers = numbersOf(lesson);

  describe.each(LANGUAGES)('%s', (language) => {
    const prose = load(lesson, language);
    const html = allHtml(prose);

    it('has its sources and sections', () => {
      expect(prose.sources.length).toBeGreaterThan(0);
      for (const { url } of prose.sources) {
        expect(url).toMatch(/^https:\/\/\S+$/);
        if (url.includes('arxiv')) expect(url).toMatch(/^https:\/\/arxiv\.org\/abs\/\d{4}\.\d{4,5}$/);
      }
      expect(prose.sections.map(({ name }) => name)).toEqual(sections);
    });

    it('names only what the lesson has', () => {
      expect(new Set(attributes(html, 'mark'))).toEqual(new Set(Object.keys(prose.marks)));
      if (numbers) for (const name of attributes(html, 'value')) expect(numbers).toContain(name);
      for (const digits of attributes(html, 'digits')) expect(digits).toMatch(/^[1-4]$/);
      expect(html).not.toMatch(/data-digits="\d"><\/span>/);
      expect(html).toContain('<dfn>');
    });

    it('asks for one prediction, first of all', () => {
      const asked = (text: string): number => text.split('<span class="predict">').length - 1;
      expect([asked(html), asked(sectionOf(prose, 'predict'))]).toEqual([1, 1]);
    });

    it('offers two or three presets, each a run, with what to look for', () => {
      const presets = attributes(html, 'try');
      expect([2, 3]).toContain(presets.length);
      const items = Array.from(sectionOf(prose, 'try').matchAll(/<li>([^]*?)<\/li>/g), ([, item]) => item);
      expect(items).toHaveLength(presets.length);
      for (const item of items) {
        expect(item).toMatch(/^\s*(<p>)?<button [^>]*data-try=[^>]*>[^]+<\/button>[.。]? ?\S/);
      }
      // Those of lessons are tried on their plans in presets.test.ts.
      if (lesson !== 'sandbox') return;
      for (const preset of presets) {
        const [item] = changed([{ key: 'run', spec: {} }], JSON.parse(preset) as Changes);
        expect(() => parseSpec('spec' in item! ? item.spec : undefined), preset).not.toThrow();
      }
    });

    if (!sections.includes('check')) return;

    it('checks with one right answer, whatever the numbers', () => {
      const quiz = sectionOf(prose, 'check');
      expect(quiz.match(/class="quiz"/g)).toHaveLength(1);
      const conditions = conditionsOf(quiz);
      expect(conditions.length).toBeGreaterThan(1);
      for (const side of conditions.flat().flatMap(({ left, right }) => [left, right])) {
        if (numbers && typeof side === 'string') expect(numbers).toContain(side);
      }
      for (const situation of situations(conditions)) {
        const right = conditions.filter((condition) => holds(condition, situation));
        expect(right.length, JSON.stringify(situation)).toBe(1);
      }
      expect(quiz.slice(quiz.indexOf('class="reason"'))).toContain('class="value"');
    });
  });

  it('is the same lesson in both languages', () => {
    const [en, zh] = both(lesson) as [Prose, Prose];
    expect(zh.claim === undefined).toBe(en.claim === undefined);
    expect(zh.sources.map(({ url }) => url)).toEqual(en.sources.map(({ url }) => url));
    expect(Object.keys(zh.marks)).toEqual(Object.keys(en.marks));
    for (const [i, { name, html }] of en.sections.entries()) {
      expect(elementsOf(zh.sections[i]!.html), name).toEqual(elementsOf(html));
    }
    expect(formulasOf(allHtml(zh))).toEqual(formulasOf(allHtml(en)));
  });
});

describe.each(['teacher', 'glossary'])('%s', (page) => {
  const [en, zh] = both(page) as [Prose, Prose];

  it('has the same parts in both languages', () => {
    const parts = (html: string): string[] => html.match(/<(p|li|table|tr|strong)\b/g) ?? [];
    expect(zh.sections.length).toBe(en.sections.length);
    for (const [i, { name, html }] of en.sections.entries()) {
      expect(parts(zh.sections[i]!.html), name).toEqual(parts(html));
    }
  });

  it('is plain Markdown', () => {
    for (const html of [en, zh].map(allHtml)) expect([...elementsOf(html), ...formulasOf(html)]).toEqual([]);
  });
});

describe('terms', () => {
  const singular = (word: string): string => word.toLowerCase().replace(/s$/, '');
  /** Its entries in a language, in their order. */
  const [en, zh] = both('glossary').map((prose) =>
    Array.from(allHtml(prose).matchAll(/<strong>(.*?)<\/strong>/g), ([, word]) => singular(plain(word!))),
  ) as [string[], string[]];
  const termsOf = (prose: Prose): string[] =>
    Array.from(allHtml(prose).matchAll(/<dfn>(.*?)<\/dfn>/g), ([, word]) => singular(plain(word!)));

  it('are there once', () => {
    expect(new Set(en).size).toBe(en.length);
    expect(new Set(zh).size).toBe(zh.length);
    expect(zh.length).toBe(en.length);
  });

  it.each(LESSON_NAMES)('of %s are all explained, and are one word for one thing in Chinese', (lesson) => {
    const [inEnglish, inChinese] = both(lesson).map(termsOf) as [string[], string[]];
    for (const word of inEnglish) expect(en).toContain(word);
    const pairs = (words: string[], entries: string[]): number[] =>
      words.map((word) => entries.indexOf(word)).toSorted((a, b) => a - b);
    expect(pairs(inChinese, zh)).toEqual(pairs(inEnglish, en));
  });
});

it.each([...LESSON_NAMES, 'teacher', 'glossary'])(
  'the Chinese of %s is Chinese, with its punctuation',
  (lesson) => {
    const { question, description, claim = '', marks, sections } = load(lesson, 'zh');
    const html = sections.map((section) =>
      section.html.replace(/<math[^]*?<\/math>|<code>[^]*?<\/code>/g, '').replace(/<[^>]*>/g, ''),
    );
    const text = plain([question, description, claim, ...Object.values(marks), ...html].join('\n'));
    expect(text.match(/\p{Script=Han}[,;:?!][ \p{Script=Han}]/gu)).toBeNull();
    expect(text.match(/\p{Script=Han}/gu)!.length).toBeGreaterThan(300);
  },
);
