/**
 * The prose of the lessons: well-formed, true to the lesson's own numbers and marks, and the same lesson in every
 * language. The format is described in src/lessons/README.md.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../src/training/spec.ts';

const LANGUAGES = ['en', 'zh'] as const;
type Language = (typeof LANGUAGES)[number];

const MLP = { kind: 'mlp' };
const TRANSFORMER = { kind: 'transformer' };
const FACTS = { task: { name: 'factsworld' }, model: MLP };

interface Expected {
  /** The numbers of the lesson's verdict. */
  numbers: string[];
  /** The kind of run that the presets change; the sandbox's presets say it themselves. */
  run: Record<string, object>;
}

const LESSONS: Record<string, Expected> = {
  kernels: {
    numbers: ['speedup', 'naiveGflops', 'tiledGflops', 'bandwidth', 'ridge'],
    run: { task: { name: 'shapes' }, model: MLP },
  },
  learning: {
    numbers: ['trainLoss', 'cleanLoss', 'noiseFloor', 'slowLoss', 'fastLoss'],
    run: { task: { name: 'sine' }, model: MLP },
  },
  'emergence-by-size': {
    numbers: ['smallestMedian', 'largestMedian', 'thresholdWidth'],
    run: { task: { name: 'addition' }, model: TRANSFORMER },
  },
  'emergence-in-time': {
    numbers: ['trainStep', 'testStep', 'ratio', 'controlAccuracy', 'inductionTwoLayers', 'inductionOneLayer'],
    run: { task: { name: 'modular-addition' }, model: MLP },
  },
  mirage: { numbers: ['itemShare', 'itemFactor', 'examFactor'], run: FACTS },
  'loss-decides': { numbers: ['r2Loss', 'r2Size', 'leaveOneOut', 'thresholdLoss'], run: FACTS },
  'scaling-laws': { numbers: ['predicted', 'low', 'high', 'measured', 'alpha'], run: FACTS },
  'compute-optimal': { numbers: ['exponent', 'exponentLow', 'exponentHigh', 'optimum'], run: FACTS },
  'the-bill': {
    numbers: ['flops', 'seconds', 'kilowattHours', 'cost', 'yearsForGpt4'],
    run: FACTS,
  },
  'efficiency-times-time': {
    numbers: [
      'momentumSgdFactor',
      'sgdFactor',
      'samplingFactor',
      'curriculumFactor',
      'epochs16Factor',
      'muonFactor',
    ],
    run: FACTS,
  },
  specialists: {
    numbers: ['gain', 'forgetting', 'replayGain', 'replayForgetting'],
    run: { task: { name: 'domains' }, model: MLP },
  },
  overtraining: { numbers: ['trainingRatio', 'servingRatio', 'breakEvenQueries'], run: FACTS },
  sandbox: { numbers: ['trainLoss'], run: {} },
};

const SECTIONS = ['predict', 'run', 'explain', 'try', 'check'];
/** Attributes of each element, all of them required; a prediction has its figure, or its unit. */
const ELEMENTS: Record<string, string[]> = {
  'lab-term': [],
  'lab-mark': ['at'],
  'lab-value': ['name', 'digits'],
  'lab-predict': ['kind', 'value', 'figure'],
  'lab-try': ['set'],
  'lab-check': ['value'],
};
const KINDS = ['level', 'point', 'curve', 'number'];

// Front matter

interface FrontMatter {
  texts: Map<string, string>;
  sources: { text: string; url: string }[];
  marks: Map<string, string>;
}

/** The part of YAML that lessons use; throws at the first line that is not of it. */
function parseFrontMatter(yaml: string): FrontMatter {
  const texts = new Map<string, string>();
  const sources: Record<string, string>[] = [];
  const marks = new Map<string, string>();
  let list = '';
  for (const line of yaml.split('\n')) {
    const [, indent, key, value] = /^( *(?:- )?)([a-z0-9-]+):(?: (.+))?$/.exec(line) ?? [];
    if (indent === undefined || key === undefined) throw new SyntaxError(`not front matter: ${line}`);
    if (indent === '' && value === undefined) {
      if (key !== 'sources' && key !== 'marks') throw new SyntaxError(`no value: ${line}`);
      list = key;
    } else if (indent === '') {
      list = '';
      set(texts, key, scalar(value!));
    } else if (indent === '  ' && list === 'marks') {
      set(marks, key, scalar(value ?? ''));
    } else if (indent === '  - ' && list === 'sources') {
      sources.push({ [key]: scalar(value ?? '') });
    } else if (indent === '    ' && list === 'sources' && sources.length > 0) {
      sources.at(-1)![key] = scalar(value ?? '');
    } else throw new SyntaxError(`not where it belongs: ${line}`);
  }
  for (const source of sources) expect(Object.keys(source)).toEqual(['text', 'url']);
  return { texts, sources: sources as { text: string; url: string }[], marks };
}

function set(map: Map<string, string>, key: string, value: string): void {
  if (map.has(key)) throw new SyntaxError(`twice: ${key}`);
  map.set(key, value);
}

function scalar(text: string): string {
  if (text.startsWith("'")) {
    if (!/^'(?:[^']|'')+'$/.test(text)) throw new SyntaxError(`quotes: ${text}`);
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text.startsWith('"')) return JSON.parse(text) as string;
  if (text === '' || /: |:$| #|^[[\]{}&*!|>%@`#?,-]/.test(text))
    throw new SyntaxError(`needs quotes: ${text}`);
  return text;
}

// Body

interface Element {
  tag: string;
  attributes: Record<string, string>;
  content: string;
}

interface Prose extends FrontMatter {
  source: string;
  sections: { id: string; text: string }[];
  elements: Element[];
  formulas: string[];
}

function load(lesson: string, language: Language): Prose {
  const source = readFileSync(new URL(`../../src/lessons/${lesson}/${language}.md`, import.meta.url), 'utf8');
  const [, yaml, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(source) ?? [];
  if (yaml === undefined || body === undefined) throw new SyntaxError('no front matter');
  const [before, ...sections] = body.split(/^## /m);
  expect(before!.trim()).toBe('');
  return {
    ...parseFrontMatter(yaml),
    source,
    sections: sections.map((section) => {
      const end = section.indexOf('\n');
      return { id: section.slice(0, end), text: section.slice(end).trim() };
    }),
    elements: parseElements(body),
    formulas: parseFormulas(body),
  };
}

/** All elements of a text; throws where one is unknown, unclosed or has other attributes than it should. */
function parseElements(body: string): Element[] {
  const found: Element[] = [];
  const open: { tag: string; attributes: Record<string, string>; from: number }[] = [];
  const tags = /<(\/?)(lab-[a-z-]+)((?: [a-z]+=(?:"[^"]*"|'[^']*'))*)>|<\/?lab-/g;
  for (const tag of body.matchAll(tags)) {
    const [text, slash, name, attributes] = tag;
    if (name === undefined) throw new SyntaxError(`broken tag: ${body.slice(tag.index, tag.index + 40)}`);
    if (slash === '/') {
      const opened = open.pop();
      if (opened?.tag !== name) throw new SyntaxError(`closes nothing: ${text}`);
      found.push({ ...opened, content: body.slice(opened.from, tag.index).trim() });
    } else {
      const pairs = [...attributes!.matchAll(/ ([a-z]+)=(?:"([^"]*)"|'([^']*)')/g)];
      const parsed = Object.fromEntries(pairs.map(([, key, a, b]) => [key!, a ?? b!]));
      if (!ELEMENTS[name]) throw new SyntaxError(`unknown element: ${text}`);
      const expected = parsed.kind === 'number' ? ['kind', 'value', 'unit'] : ELEMENTS[name];
      expect(Object.keys(parsed), text).toEqual(expected);
      open.push({ tag: name, attributes: parsed, from: tag.index + text.length });
    }
  }
  if (open.length > 0) throw new SyntaxError(`never closed: ${open[0]!.tag}`);
  return found;
}

function parseFormulas(body: string): string[] {
  const text = body.replace(/`[^`]*`/g, '').replace(/<[^>]*>/g, '');
  const formulas = text.match(/\$\$[^$]+\$\$|\$[^$\n]+\$/g) ?? [];
  if (text.replace(/\$\$[^$]+\$\$|\$[^$\n]+\$/g, '').includes('$')) throw new SyntaxError('a lone $');
  return formulas.map((formula) => formula.replace(/\s+/g, ' '));
}

const named = (prose: Prose, tag: string): Element[] =>
  prose.elements.filter((element) => element.tag === tag);
const signature = ({ tag, attributes }: Element): string => `${tag} ${JSON.stringify(attributes)}`;

// Conditions of the answers in lab-check

interface Comparison {
  left: string;
  operator: '<' | '<=' | '>' | '>=';
  right: string;
}

const answersOf = (check: Element): string[] =>
  check.content
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => {
      const condition = /^- \[([^\]]+)\] \S/.exec(line)?.[1];
      if (condition === undefined) throw new SyntaxError(`no condition: ${line}`);
      return condition;
    });

function parseCondition(condition: string): Comparison[] {
  return condition.split(' and ').map((part) => {
    const [, left, operator, right] =
      /^([a-zA-Z][a-zA-Z0-9]*) (<|<=|>|>=) (-?\d+(?:\.\d+)?|[a-zA-Z][a-zA-Z0-9]*)$/.exec(part) ?? [];
    if (!left || !operator || !right) throw new SyntaxError(`not a comparison: ${part}`);
    return { left, operator: operator as Comparison['operator'], right };
  });
}

function holds(condition: Comparison[], numbers: Record<string, number>): boolean {
  const read = (text: string): number => numbers[text] ?? Number(text);
  return condition.every(({ left, operator, right }) => {
    const [a, b] = [read(left), read(right)];
    return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator];
  });
}

/** Every mixture of values on, below, between and above the constants that the conditions name. */
function situations(conditions: Comparison[][]): Record<string, number>[] {
  const sides = conditions.flat().flatMap(({ left, right }) => [left, right]);
  const names = [...new Set(sides.filter((side) => Number.isNaN(Number(side))))];
  const constants = sides.map(Number).filter((side) => !Number.isNaN(side));
  const values = [...new Set([0, 1, ...constants].flatMap((value) => [value, value - 1e-3, value + 1e-3]))];
  return names
    .reduce<Record<string, number>[]>(
      (rows, name) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
      [{}],
    )
    .filter(({ low, high }) => low === undefined || high === undefined || low <= high);
}

// Presets

/** A run with `a.b: value` set at its paths. */
function applied(run: Record<string, object>, preset: Record<string, unknown>): Record<string, unknown> {
  const spec: Record<string, unknown> = structuredClone({ optimizer: { name: 'adamw' }, ...run });
  for (const [path, value] of Object.entries(preset)) {
    const [first, second, ...more] = path.split('.');
    expect(more, path).toEqual([]);
    if (second === undefined) spec[first!] = value;
    else spec[first!] = { ...(spec[first!] as object | undefined), [second]: value };
  }
  return spec;
}

describe.each(Object.entries(LESSONS))('%s', (lesson, { numbers, run }) => {
  const sections = lesson === 'sandbox' ? SECTIONS.slice(0, -1) : SECTIONS;

  describe.each(LANGUAGES)('%s', (language) => {
    const prose = load(lesson, language);

    it('has its front matter and sections', () => {
      for (const key of ['title', 'question', 'description']) expect(prose.texts.has(key), key).toBe(true);
      const keys = ['title', 'question', 'description', 'claim'].filter((key) => prose.texts.has(key));
      expect([...prose.texts.keys()]).toEqual(keys);
      expect(prose.sources.length).toBeGreaterThan(0);
      for (const { url } of prose.sources) {
        expect(url).toMatch(/^https:\/\/\S+$/);
        if (url.includes('arxiv')) expect(url).toMatch(/^https:\/\/arxiv\.org\/abs\/\d{4}\.\d{4,5}$/);
      }
      expect(prose.sections.map(({ id }) => id)).toEqual(sections);
    });

    it('names only what the lesson has', () => {
      const marks = named(prose, 'lab-mark').map(({ attributes }) => attributes.at!);
      expect(new Set(marks)).toEqual(new Set(prose.marks.keys()));
      for (const { attributes, content } of named(prose, 'lab-value')) {
        expect(numbers).toContain(attributes.name);
        expect(attributes.digits).toMatch(/^[1-4]$/);
        expect(content).not.toBe('');
      }
      expect(named(prose, 'lab-term').length).toBeGreaterThan(0);
    });

    it('asks for one prediction', () => {
      const [prediction, ...more] = named(prose, 'lab-predict');
      expect(more).toEqual([]);
      expect(KINDS).toContain(prediction!.attributes.kind);
      expect(numbers).toContain(prediction!.attributes.value);
      expect(prose.sections[0]!.text).toContain('<lab-predict');
    });

    it('offers two or three presets, each a run', () => {
      const presets = named(prose, 'lab-try');
      expect([2, 3]).toContain(presets.length);
      const items = prose.sections.find(({ id }) => id === 'try')!.text.split('\n');
      for (const item of items) expect(item).toMatch(/^- <lab-try .+<\/lab-try>[.。]? ?\S/);
      for (const { attributes } of presets) {
        const preset = JSON.parse(attributes.set!) as Record<string, unknown>;
        expect(() => parseSpec(applied(run, preset)), attributes.set).not.toThrow();
      }
    });

    if (!sections.includes('check')) return;

    it('checks with one right answer, whatever the numbers', () => {
      const [check, ...more] = named(prose, 'lab-check');
      expect(more).toEqual([]);
      expect(numbers).toContain(check!.attributes.value);
      const conditions = answersOf(check!).map(parseCondition);
      expect(conditions.length).toBeGreaterThan(1);
      for (const { left, right } of conditions.flat()) {
        expect(numbers).toContain(left);
        if (Number.isNaN(Number(right))) expect(numbers).toContain(right);
      }
      for (const situation of situations(conditions)) {
        const right = conditions.filter((condition) => holds(condition, situation));
        expect(right.length, JSON.stringify(situation)).toBe(1);
      }
      const reason = check!.content.slice(check!.content.lastIndexOf('\n- '));
      expect(reason).toContain('<lab-value');
    });
  });

  it('is the same lesson in both languages', () => {
    const [en, zh] = LANGUAGES.map((language) => load(lesson, language)) as [Prose, Prose];
    expect([...zh.texts.keys()]).toEqual([...en.texts.keys()]);
    expect(zh.sources.map(({ url }) => url)).toEqual(en.sources.map(({ url }) => url));
    expect([...zh.marks.keys()]).toEqual([...en.marks.keys()]);
    // Words in a formula are in the reader's language.
    const symbols = ({ formulas }: Prose): string[] =>
      formulas.map((formula) => formula.replace(/\\text\{[^}]*\}/g, '\\text')).sort();
    expect(symbols(zh)).toEqual(symbols(en));
    for (const [i, { id, text }] of en.sections.entries()) {
      const elements = (section: string): string[] => parseElements(section).map(signature).sort();
      expect(elements(zh.sections[i]!.text), id).toEqual(elements(text));
    }
    expect(named(zh, 'lab-check').map(answersOf)).toEqual(named(en, 'lab-check').map(answersOf));
  });
});

describe('teacher', () => {
  const [en, zh] = LANGUAGES.map((language) => load('teacher', language)) as [Prose, Prose];

  it('has the same parts in both languages', () => {
    for (const { texts } of [en, zh]) expect([...texts.keys()]).toEqual(['title', 'question', 'description']);
    expect(zh.sections.length).toBe(en.sections.length);
    const kinds = (text: string): string[] =>
      text
        .split('\n\n')
        .map((block) => (block.startsWith('|') ? `table of ${block.split('\n').length}` : block.slice(0, 2)))
        .map((block) => (/^(table|- |\*\*)/.test(block) ? block : 'paragraph'));
    for (const [i, { id, text }] of en.sections.entries()) {
      expect(kinds(zh.sections[i]!.text), id).toEqual(kinds(text));
    }
  });

  it('is plain Markdown', () => {
    for (const { elements, formulas } of [en, zh]) expect([elements, formulas]).toEqual([[], []]);
  });
});

describe('zh', () => {
  it.each([...Object.keys(LESSONS), 'teacher'])('%s is Chinese, with its punctuation', (lesson) => {
    const text = load(lesson, 'zh')
      .source.replace(/^ *url:.*$/gm, '')
      .replace(/\$\$[^$]+\$\$|\$[^$\n]+\$|`[^`]*`|<[^>]*>|\[[^\]]*\]/g, '');
    expect(text.match(/\p{Script=Han}[,;:?!][ \p{Script=Han}]/gu)).toBeNull();
    expect(text.match(/\p{Script=Han}/gu)!.length).toBeGreaterThan(300);
  });
});
