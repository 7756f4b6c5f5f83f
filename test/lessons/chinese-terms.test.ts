/** One word for one thing in Chinese: what the texts, the charts and the page may not call it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Words that are another term's, or a calque, and what stands in their place. */
const INSTEAD: Record<string, string> = {
  奈特: '纳特',
  缩放定律: '规模定律',
  例子: '样本',
  最佳: '最优',
  试验运行: '试跑',
  录制的运行: '预存的训练',
  奇偶校验: '稀疏奇偶问题（奇偶校验是一种编码）',
  几成: '比例',
  模素数的加法: '模素数加法',
};
/** Its other names are given once, where the lesson explains that they are the same. */
const NAMES_OF_THE_LAW = '（scaling law，也译作缩放定律、尺度定律，说的是同一件事）';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path}`)
  .filter((path) => /\.(md|ts)$/.test(path) && !path.endsWith('en.md'));

test.each(Object.entries(INSTEAD))('not %s but %s', (word) => {
  const found = files.filter((path) =>
    readFileSync(path, 'utf8').replace(NAMES_OF_THE_LAW, '').includes(word),
  );
  expect(found).toEqual([]);
});

test('the law’s other names are given in its lesson', () => {
  expect(readFileSync('src/lessons/scaling-laws/zh.md', 'utf8')).toContain(NAMES_OF_THE_LAW);
});

test('decimals have their zero in Chinese', () => {
  for (const path of files.filter((path) => path.endsWith('zh.md'))) {
    const text = readFileSync(path, 'utf8')
      .replace(/^.*url:.*$/gm, '')
      .replace(/<[^>]*>|^- \[[^\]]*\]/gm, '');
    expect(text.match(/(?<![\d.\w\\])\.\d+/g), path).toBeNull();
  }
});

test('no English word stands in a formula', () => {
  for (const path of files.filter((path) => path.endsWith('zh.md'))) {
    const words = [...readFileSync(path, 'utf8').matchAll(/\\text\{([^}]*)\}/g)].map(([, words]) => words!);
    // What English formulas have, too: a name, a unit, an index that is a symbol of the literature.
    expect(
      words.filter((text) => /[a-z]{3}/.test(text) && !['opt', 'Adam', 'kW'].includes(text)),
      path,
    ).toEqual([]);
  }
});
