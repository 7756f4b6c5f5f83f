/** The elements of the prose, as HTML that `lab-prose` brings to life. */
import type { Renderer, Token } from 'markdown-it';
import { parseCondition } from '../../src/components/condition.ts';

export type Marks = Record<string, string>;

/** What a text's elements refer to. */
export interface Context {
  marks: Marks;
  /** what a lab-trials says. @throws Error where nothing of the kind was tried */
  trials: (attributes: Record<string, string>) => string;
}

/** One tag; values in double or single quotes. */
const TAG = /^<(\/?)(lab-[a-z]+)((?:\s+[a-z]+=(?:"[^"]*"|'[^']*'))*)\s*>$/;
const ATTRIBUTE = /([a-z]+)=(?:"([^"]*)"|'([^']*)')/g;

interface Kind {
  /** all of them required */
  attributes: readonly string[];
  open: (attributes: Record<string, string>, context: Context) => string;
  close: string;
}

const KINDS: Record<string, Kind> = {
  'lab-term': { attributes: [], open: () => '<dfn>', close: '</dfn>' },
  'lab-mark': {
    attributes: ['at'],
    open: ({ at }, { marks }) => {
      if (marks[at!] === undefined) throw new Error(`lab-mark at="${at}" is not among the marks`);
      return `<button type="button" class="word" data-mark="${escape(at!)}" title="${escape(marks[at!]!)}">`;
    },
    close: '</button>',
  },
  'lab-value': {
    attributes: ['name', 'digits'],
    open: ({ name, digits }) => {
      if (!/^[1-9]$/.test(digits!)) throw new Error(`lab-value digits="${digits}" is no digit`);
      return `<span class="value" data-value="${escape(name!)}" data-digits="${digits}">`;
    },
    close: '</span>',
  },
  'lab-trials': {
    attributes: ['size', 'number', 'digits'],
    open: (attributes, { trials }) => trials(attributes),
    close: '',
  },
  'lab-predict': {
    attributes: [],
    open: () => '<span class="predict">',
    close: '</span>',
  },
  'lab-try': {
    attributes: ['set'],
    open: ({ set }) => {
      const value: unknown = JSON.parse(set!);
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new Error(`lab-try ${set}`);
      return `<button type="button" class="word" data-try="${escape(set!)}">`;
    },
    close: '</button>',
  },
  'lab-check': {
    attributes: ['value'],
    open: ({ value }) => `<div class="quiz" data-value="${escape(value!)}">`,
    close: '</div></div>',
  },
};

/** @throws Error when it is not one of ours, or not as it should be */
export function element(tag: string, context: Context): string {
  const [, slash, name = '', written = ''] = TAG.exec(tag) ?? [];
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name]! : undefined;
  if (!kind) throw new Error(`${tag} is no element of the prose`);
  if (slash) return kind.close;
  const attributes = read(written);
  const required = kind.attributes;
  if (Object.keys(attributes).sort().join() !== [...required].sort().join()) {
    throw new Error(`${tag} must have the attributes ${required.join(', ') || '(none)'}`);
  }
  return kind.open(attributes, context);
}

function read(written: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(written.matchAll(ATTRIBUTE), ([, key, double, single]) => [key!, double ?? single!]),
  );
}

/**
 * Marks the lists inside `lab-check` as answers: each item begins with its condition in brackets.
 * @throws Error for an answer without a condition
 */
export function checkedAnswers(tokens: Token[]): Token[] {
  let inside = false;
  let quiz = 0;
  tokens.forEach((token, i) => {
    if (token.type === 'html_block') {
      inside = token.content.startsWith('<lab-check');
      if (inside) quiz++;
    }
    if (!inside) return;
    if (token.type === 'bullet_list_open' || token.type === 'bullet_list_close') token.meta = { quiz };
    if (token.type === 'list_item_close') token.meta = { quiz };
    if (token.type !== 'list_item_open') return;
    const inline = tokens[i + 2]!;
    const first = inline.children![0]!;
    const [whole, condition] = /^\[([^\]]+)\]\s*/.exec(first.content) ?? [];
    if (!whole || !condition) throw new Error(`answer without a condition: ${inline.content}`);
    parseCondition(condition);
    first.content = first.content.slice(whole.length);
    token.meta = { quiz, condition };
  });
  return tokens;
}

/** How answers are rendered: radio buttons, and behind the list the reason, which stays hidden until one is chosen. */
export function answers(rules: Renderer['rules']): void {
  const plain = (name: string): NonNullable<Renderer['rules'][string]> => {
    const rule = rules[name];
    return (tokens, i, options, env, self) =>
      rule ? rule(tokens, i, options, env, self) : self.renderToken(tokens, i, options);
  };
  const of = (token: Token): { quiz: number; condition?: string } | null =>
    token.meta as { quiz: number; condition?: string } | null;
  const rendered: Record<string, (meta: { quiz: number; condition?: string }) => string> = {
    bullet_list_open: () => '<div class="answers" role="radiogroup">',
    bullet_list_close: () => '</div><div class="reason" hidden>',
    list_item_open: ({ quiz, condition }) =>
      `<label data-when="${escape(condition!)}"><input type="radio" name="quiz-${quiz}"><span>`,
    list_item_close: () => '</span></label>',
  };
  for (const [name, render] of Object.entries(rendered)) {
    const otherwise = plain(name);
    rules[name] = (tokens, i, options, env, self) => {
      const meta = of(tokens[i]!);
      return meta ? render(meta) : otherwise(tokens, i, options, env, self);
    };
  }
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
