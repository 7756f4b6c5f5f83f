/**
 * From a Markdown file of src/lessons to data and HTML, when the page is built. Raw HTML is refused but for the
 * elements that src/lessons/README.md describes, so nothing gets into the page that is not made here.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { tex } from '@mdit/plugin-tex';
import MarkdownIt, { type Token } from 'markdown-it';
import temml from 'temml';
import { parse as parseYaml } from 'yaml';
import type { Prose } from '../../src/app/prose.ts';
import type { Language } from '../../src/languages.ts';
import type { Trials } from '../../src/lessons/trials.ts';
import { answers, checkedAnswers, type Context, element, type Marks } from './elements.ts';
import { trialsBeside, trialsSay, trialsSentence } from './trials.ts';

/** What a run and its checks take beside reading, minutes. */
const DOING = 4;
/** What is read in a minute, and what is counted: words, or Chinese characters. */
const READING: Record<Language, { pace: number; unit: RegExp }> = {
  en: { pace: 170, unit: /\S+/g },
  zh: { pace: 330, unit: /\p{Script=Han}/gu },
};

/** Keys of the front matter; the title is in `meta.ts`. */
const FRONT = ['question', 'description', 'claim', 'sources', 'marks'];

/** The text of a lesson, or another, with what was tried of it. @throws Error as compileProse does */
export function compileFile(path: string, language: Language): Prose {
  return compileProse(readFileSync(path, 'utf8'), language, {
    lesson: basename(dirname(path)),
    trials: trialsBeside(path),
  });
}

/** What a text may speak of beside the learner's own run. */
interface Tried {
  lesson: string;
  trials: Trials;
}

/** @throws Error that says what is wrong, with the line where that is known */
export function compileProse(source: string, language: Language, tried?: Tried): Prose {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || body === undefined)
    throw new Error('begins without front matter between two ---');
  const front = parseYaml(head) as Record<string, unknown>;
  const unknown = Object.keys(front).find((key) => !FRONT.includes(key));
  if (unknown !== undefined) throw new Error(`front matter: ${unknown} is none of ${FRONT.join(', ')}`);
  const marks = (front.marks ?? {}) as Marks;
  const offset = head.split('\n').length + 2;
  const filled = (attributes: Record<string, string>): string =>
    trialsSay(tried?.trials ?? {}, language, attributes);
  const found = sections(body, { marks, trials: filled }, offset);
  const told = tried && trialsSentence(tried.trials, language, tried.lesson);
  const explained = found.find(({ name }) => name === 'explain');
  if (told && explained) explained.html += `<p class="hint">${told}</p>\n`;
  return {
    question: text(front, 'question'),
    description: text(front, 'description'),
    ...(front.claim !== undefined && { claim: text(front, 'claim') }),
    minutes: minutes(body, language),
    sources: ((front.sources ?? []) as Record<string, unknown>[]).map((entry) => ({
      text: text(entry, 'text'),
      url: webAddress(text(entry, 'url')),
    })),
    marks,
    sections: found,
  };
}

function sections(body: string, context: Context, offset: number): Prose['sections'] {
  const markdown = parser(context, offset);
  const found: Prose['sections'] = [];
  const tokens = withoutEmptyHeads(checkedAnswers(markdown.parse(body, {})));
  let from = tokens.findIndex(isHeading);
  if (from !== 0) throw new Error('has text before the first heading of the second level');
  while (from < tokens.length) {
    let to = from + 3;
    while (to < tokens.length && !isHeading(tokens[to]!)) to++;
    const name = tokens[from + 1]!.content;
    const html = markdown.renderer.render(tokens.slice(from + 3, to), markdown.options, {});
    found.push({ name, html: withoutStyles(html) });
    from = to;
  }
  return found;
}

/**
 * A page under a policy without `unsafe-inline` refuses attributes of style: columns are aligned by class, and formulas
 * on a line of their own are so by their `display` alone.
 * @throws Error for any other style
 */
function withoutStyles(html: string): string {
  const clean = html
    .replace(/(<t[hd]) style="text-align:(left|center|right)"/g, '$1 class="$2"')
    .replace(/(<math [^>]*)style="display:block math;"/g, '$1');
  const [, left] = /<[^>]*\sstyle="([^"]*)"/.exec(clean) ?? [];
  if (left !== undefined) throw new Error(`style="${left}" would be refused by the page's policy`);
  return clean;
}

/** The corner of a table that says nothing is no header. */
function withoutEmptyHeads(tokens: Token[]): Token[] {
  tokens.forEach((token, i) => {
    if (token.type === 'th_open' && !tokens[i + 1]!.content) token.tag = tokens[i + 2]!.tag = 'td';
  });
  return tokens;
}

const isHeading = ({ type, tag }: Token): boolean => type === 'heading_open' && tag === 'h2';

function parser(context: Context, offset: number): MarkdownIt {
  const markdown = new MarkdownIt({ html: true, typographer: false });
  markdown.use(tex, {
    delimiters: 'dollars',
    render: (formula: string, display: boolean) =>
      display
        ? `<div class="formula" tabindex="0" role="group">${math(formula, true)}</div>`
        : math(formula, false),
  });
  const { rules } = markdown.renderer;
  const raw = (tokens: Token[], i: number): string => {
    const { content, map } = tokens[i]!;
    try {
      return element(content.trim(), context);
    } catch (error) {
      const line = map ? `line ${map[0] + offset + 1}: ` : '';
      throw new Error(line + (error as Error).message, { cause: error });
    }
  };
  rules.html_inline = raw;
  rules.html_block = raw;
  rules.table_open = () => '<div class="table" tabindex="0" role="group"><table>';
  rules.table_close = () => '</table></div>';
  answers(rules);
  return markdown;
}

function math(formula: string, displayMode: boolean): string {
  return flatPrimes(temml.renderToString(formula, { displayMode, throwOnError: true }));
}

/** Text fonts have the prime small and high already: a superscript of it would be a speck. */
const flatPrimes = (math: string): string =>
  math.replace(
    /<msup>((?:(?!<msup>).)*?)<mo [^>]*tml-prime[^>]*>(.)<\/mo><\/msup>/g,
    '<mrow>$1<mo lspace="0em" rspace="0em">$2</mo></mrow>',
  );

function minutes(body: string, language: Language): number {
  const { pace, unit } = READING[language];
  const count = body.replace(/<[^>]*>/g, ' ').match(unit)?.length ?? 0;
  return Math.round(count / pace) + DOING;
}

function text(entry: Record<string, unknown>, key: string): string {
  const value = entry[key];
  if (typeof value !== 'string' || !value) throw new Error(`front matter: ${key} must be a text`);
  return value;
}

function webAddress(url: string): string {
  if (!/^https?:\/\//.test(url)) throw new Error(`front matter: "${url}" is no address on the web`);
  return url;
}
