/** Problems by code, in both languages of the page. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sayProblem } from '../../src/figures/say-problem.ts';
import { speak } from '../../src/locales/language.ts';
import type { Problem } from '../../src/problems.ts';
import { SchemaError } from '../../src/schema.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { expandSweep, parseSweep } from '../../src/training/spec/sweep.ts';

// Changes of the language are told to the window.
beforeAll(() => void vi.stubGlobal('window', new EventTarget()));
afterAll(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof SchemaError) return error.problems[0]!;
  }
  throw new Error('Nothing was refused.');
}

const batch = problemOf(() => parseSpec({ task: { name: 'sine' }, batch: 1e9 }));
const heads = problemOf(() =>
  parseSpec({ task: { name: 'addition' }, model: { kind: 'transformer', width: 10, heads: 4 } }),
);
const run = problemOf(() =>
  expandSweep(parseSweep({ spec: { task: { name: 'sine' } }, axes: [{ batch: [1, 0] }] })),
);

test('a problem says where it is, what is wrong and what was given, by code', () => {
  expect(batch).toMatchObject({
    path: 'batch',
    said: { code: 'integer', params: [1, 65536] },
    given: '1000000000',
    message: 'must be an integer from 1 to 65536, not 1000000000',
  });
});

test('in English as the engine says it, numbers as the page writes them', () => {
  expect(sayProblem(batch)).toBe('must be an integer from 1 to 65,536, not 1000000000');
  expect(sayProblem(heads)).toBe(heads.message);
  expect(sayProblem(run)).toBe('in the run with batch = 0: must be an integer from 1 to 65,536, not 0');
});

test('in Chinese', async () => {
  await speak('zh');
  expect(sayProblem(batch)).toBe('必须是 1 到 65,536 的整数，而不是 1000000000');
  expect(sayProblem(heads)).toBe('4 个头不能整除宽度 10；允许的有 1, 2, 5, 10。');
  expect(sayProblem(run)).toBe('在 batch = 0 的那次运行中：必须是 1 到 65,536 的整数，而不是 0');
});
