/** From Markdown to HTML when the page is built: what gets through, and what is refused. */
import { describe, expect, test } from 'vitest';
import { compileProse } from '../../build/prose/compile.ts';

const HEAD = `---
question: Why?
description: Sentence.
sources:
  - text: Somebody (2026)
    url: https://example.org/a
marks:
  start: the first step
---

## predict

`;
const compile = (text: string): string => compileProse(HEAD + text, 'en').sections[0]!.html;

describe('what is made of a text', () => {
  test('front matter, sections in order, the minutes', () => {
    const prose = compileProse(`${HEAD}One.\n\n## run\n\n${'word '.repeat(1700)}`, 'en');
    expect(prose).toMatchObject({
      sources: [{ text: 'Somebody (2026)', url: 'https://example.org/a' }],
      marks: { start: 'the first step' },
      minutes: 14,
    });
    expect(prose.sections.map(({ name }) => name)).toEqual(['predict', 'run']);
  });

  test('what is predicted', () => {
    expect(compile('<lab-predict>How much?</lab-predict>')).toContain(
      '<span class="predict">How much?</span>',
    );
  });

  test('words that act are buttons; their settings survive the quotes', () => {
    const html = compile(
      `<lab-mark at="start">there</lab-mark> <lab-try set='{"a.b": "<\\"x\\">"}'>t</lab-try>`,
    );
    expect(html).toContain(
      '<button type="button" class="word" data-mark="start" title="the first step">there</button>',
    );
    expect(html).toContain('data-try="{&#34;a.b&#34;: &#34;&#60;\\&#34;x\\&#34;&#62;&#34;}"');
  });

  test('formulas are MathML', () => {
    expect(compile('$N^{\\alpha}$')).toMatch(/<math>.*<msup>/);
    expect(compile("$E' + N^2$")).toMatch(/<mi>E<\/mi><mo [^>]*>′<\/mo><\/mrow>.*<msup><mi>N<\/mi><mn/);
    expect(compile('$$\nx\n$$')).toContain('display="block"');
  });

  test('answers are radio buttons with their conditions, the reason is hidden', () => {
    const html = compile(
      '<lab-check value="r">\n\nWhich?\n\n- [r >= 1] Yes.\n- [r < 1] No.\n\nBecause.\n\n</lab-check>',
    );
    expect(
      /<label data-when="r &#62;= 1"><input type="radio" name="quiz-1"><span>Yes\.<\/span>/.exec(html),
    ).toBeTruthy();
    expect(html).toContain('<div class="reason" hidden><p>Because.</p>');
    expect(html.match(/<div/g)!.length).toBe(html.match(/<\/div>/g)!.length);
  });
});

test.each([
  ['<script>alert(1)</script>', 'is no element of the prose'],
  ['text <img src=x onerror=alert(1)>', 'is no element of the prose'],
  ['<lab-term onclick="x()">a</lab-term>', 'must have the attributes'],
  ['<lab-mark at="end">a</lab-mark>', 'is not among the marks'],
  ['<lab-value name="a" digits="0">b</lab-value>', 'is no digit'],
  ['<lab-predict kind="level">b</lab-predict>', 'must have the attributes (none)'],
  ["<lab-try set='[1]'>a</lab-try>", 'lab-try'],
  ["<lab-try set='{'>a</lab-try>", 'JSON'],
  ['<lab-check value="r">\n\nQ\n\n- Yes.\n\nR\n\n</lab-check>', 'answer without a condition'],
  ['<lab-check value="r">\n\nQ\n\n- [r is 1] Yes.\n\nR\n\n</lab-check>', 'is no comparison'],
  ['$\\nonsense$', 'nonsense'],
  ['<lab-trials size="small" number="gain" digits="2"></lab-trials>', 'nothing was tried at this size'],
])('refused: %s', (text, reason) => {
  expect(() => compile(text)).toThrow(reason);
});

test('front matter has no other keys, such as one that is misspelt', () => {
  expect(() => compileProse(HEAD.replace('question:', 'qestion:'), 'en')).toThrow(
    'qestion is none of question, description, claim, sources, marks',
  );
});

test('no link leads to a script, no source anywhere but to the web', () => {
  expect(compile('[a](javascript:alert(1))')).not.toContain('href');
  expect(() => compileProse(HEAD.replace('https://example.org/a', 'javascript:alert(1)'), 'en')).toThrow(
    'no address',
  );
});

describe('what many seeds came to', () => {
  const tried = {
    lesson: 'mirage',
    trials: {
      small: {
        device: 'CPU',
        date: '2026-11-30T01:02:03.000Z',
        seeds: [1, 101, 201],
        outcomes: ['holds' as const, 'does-not-hold' as const, 'holds' as const],
        numbers: { gain: [0.01234, null, 0.0456], flat: [2, 2, 2] },
      },
    },
  };
  const filled = (text: string, language: 'en' | 'zh' = 'en'): string =>
    compileProse(`${HEAD}${text}\n\n## explain\n\nWhy.`, language, tried).sections[0]!.html;

  test('is filled in', () => {
    const number = (name: string): string =>
      `<lab-trials size="small" number="${name}" digits="2"></lab-trials>`;
    expect(filled(`It gained ${number('gain')}.`)).toContain('It gained 0.012 to 0.046.');
    expect(filled(`It was ${number('flat')}.`)).toContain('It was 2.');
    expect(filled(`Held in ${number('holds')}.`)).toContain('Held in 2 of 3.');
    expect(filled(`有 ${number('holds')}。`, 'zh')).toContain('有 3 次中的 2 次。');
    expect(() => filled(number('loss'))).toThrow('is no number of the verdict');
  });

  test('is told at the end of what is explained', () => {
    const explained = (language: 'en' | 'zh'): string =>
      compileProse(`${HEAD}One.\n\n## explain\n\nWhy.`, language, tried).sections[1]!.html;
    expect(explained('en')).toMatch(
      /Why\.<\/p>\n<p class="hint">.* in 2 of 3 at the small size .*2026-11-30/,
    );
    expect(explained('zh')).toMatch(/小规模 3 次中的 2 次/);
  });
});
