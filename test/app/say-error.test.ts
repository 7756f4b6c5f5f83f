/** One wrong input of each kind that a user can bring, said in Chinese. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TemplateResult } from 'lit';
import { sayError } from '../../src/app/say-error.ts';
import { loadSayLine } from '../../src/app/runs/late-words.ts';
import { noticeOf } from '../../src/app/runs/kept-strings.ts';
import { unpackSweep, readSweepFile } from '../../src/app/sandbox/sweep-draft.ts';
import { readSettings } from '../../src/embed/settings.ts';
import { sayProblems } from '../../src/embed/say-problems.ts';
import { RUN_FORMAT, RUNS_FORMAT, SWEEP_FORMAT } from '../../src/files/formats.ts';
import { readLabFile } from '../../src/files/lab-file.ts';
import { excess, sayExcess } from '../../src/lessons/bounds.ts';
import {} from '../../src/figures/say-problem.ts';
import { speak } from '../../src/locales/language.ts';
import { problemAt } from '../../src/refusal.ts';
import { SchemaError } from '../../src/schema.ts';
import { refuseOther } from '../../src/training/results/parse-result.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { unseal } from '../../src/worker/sealed.ts';

// Changes of the language are told to the window.
beforeAll(async () => {
  vi.stubGlobal('window', new EventTarget());
  await speak('zh');
});
afterAll(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

const errorOf = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was refused.');
};

/** The text of a template, without its elements. */
function textOf(said: unknown): string {
  if (Array.isArray(said)) return said.map(textOf).join('');
  if (typeof said !== 'object' || said === null) return String(said);
  const { strings, values } = said as TemplateResult;
  const parts = strings.map((part, i) => part + (i < values.length ? textOf(values[i]) : ''));
  return parts.join('').replace(/<[^>]*>/g, '');
}

/** Said with its path, in Chinese alone: nothing is marked as English. */
function saidOf(lines: readonly unknown[]): string[] {
  const all = JSON.stringify(lines);
  expect(all).not.toContain('lang=');
  return lines.map(textOf);
}

const file = (value: unknown): Error => errorOf(() => readLabFile(JSON.stringify(value)));
const spec = parseSpec({ task: { name: 'shapes' }, steps: 1 });

test.each<[string, Error, string]>([
  ['no JSON', errorOf(() => readLabFile('x,y')), 'file: 不是 JSON'],
  ['a list', file([]), 'file: 必须包含一个 JSON 对象'],
  ['settings', file({ task: {} }), 'file: 只有一次运行或一次扫描的设置，没有结果'],
  ['a lesson\u2019s results', file({ lesson: 'mirage', results: {} }), 'file: 是一课预存的结果'],
  ['an unknown format', file({ format: 'x' }), 'file.format: 必须是 "scaling-lab run 1"'],
  ['a run without numbers', file({ format: RUN_FORMAT, step: 'x' }), 'file.spec: 缺少这一项'],
  [
    'a run that is cut off',
    file({
      ...{ format: RUN_FORMAT, spec, device: 'x', date: 'x', outcome: 'finished', step: 1, parameters: 1 },
      ...{ flopsPerStep: 1, tokensPerStep: 1, seconds: 1, compileSeconds: 0, losses: {} },
    }),
    'file.losses.first: 必须是 0 到',
  ],
  ['runs that are none', file({ format: RUNS_FORMAT, runs: 5 }), 'file.runs: 必须是最多 1,000 次运行的列表'],
  ['a kept run', file({ format: RUNS_FORMAT, runs: [{ name: 5 }] }), 'file.runs.0.lesson: 缺少这一项'],
  ['a sweep without runs', file({ format: SWEEP_FORMAT, runs: {} }), 'file.runs: 必须是最多'],
  ['a swept run', file({ format: SWEEP_FORMAT, runs: [5] }), 'file.runs.0: 必须有一次运行的取值和它的结果'],
  ['a table in place of a sweep', errorOf(() => readSweepFile('{"N": 1}')), 'file: 不是扫描'],
  [
    'axes without lists',
    errorOf(() => readSweepFile('{"spec":{},"axes":[{"batch":1}]}')),
    'axes.batch: 必须是值的列表',
  ],
  ['axes of a link', errorOf(() => unpackSweep(5)), 'sweep: 必须是轴的列表'],
])('a file: %s', (_, error, begins) => {
  expect(saidOf(sayError(error))[0]).toMatch(new RegExp(`^${begins.replace(/[.[\]"]/g, '\\$&')}`));
});

test.each<[string, () => unknown, string]>([
  ['no record', () => unseal(5), '不是本页的记录'],
  ['one of a newer page', () => unseal({ version: 99 }), '是由本页的更新版本写的'],
  [
    'a damaged one',
    () => unseal({ version: 1, sum: 'f00', result: { losses: { first: 0, values: [] } } }),
    '已损坏',
  ],
  [
    'a checkpoint of another run',
    () => refuseOther(spec, parseSpec({ task: { name: 'shapes' }, steps: 1, seed: 2 }), 'checkpoint'),
    'checkpoint: 属于另一次运行：seed',
  ],
])('what the browser keeps: %s', async (_, read, begins) => {
  const error = await Promise.resolve()
    .then(read)
    .then(
      () => Promise.reject(new Error('Nothing was refused.')),
      (error: unknown) => error as SchemaError,
    );
  await loadSayLine();
  const notice = noticeOf({ kind: 'set-aside', what: 'weights', id: 'r1', why: error.problems });
  expect(saidOf([notice])[0]).toContain(`将重新训练。 (r1: ${begins}`);
});

test.each<[string, object, string]>([
  ['a lesson', { lesson: 'nothing' }, 'lesson: 必须是一课的名称，而不是 "nothing"'],
  ['no lesson and no spec', { lesson: undefined }, 'lesson: 要么给出一课的名称'],
  ['a seed', { seed: 'x' }, 'seed: 必须是 0 到 4,294,967,295 的整数，而不是 "x"'],
  ['a size', { size: 'huge' }, 'size: 必须是 auto, small, standard, large 之一'],
  ['JSON', { changes: '{' }, 'changes: 不是 JSON'],
  ['long JSON', { changes: ' '.repeat(20_000) }, 'changes: 有 20,000 个字符；最多读取 16,384 个'],
  ['deep JSON', { changes: '['.repeat(20) }, 'changes: 嵌套超过 12 层'],
  ['a value', { changes: new Array(20_000).fill(0) }, 'changes: 太大'],
  ['the path of a change', { changes: { '1': 2 } }, 'changes.1: 必须是一个设置的路径'],
  ['a prediction', { prediction: [] }, 'prediction: 必须是由 kind 和 points 组成的对象'],
  [
    'its kind',
    { prediction: { kind: 'x', points: [[1, 2]] } },
    'prediction.kind: 必须是 level, point, curve 之一',
  ],
  [
    'its points',
    { prediction: { kind: 'curve', points: [] } },
    'prediction.points: 必须是 1 到 50 个点的列表',
  ],
  ['a point', { prediction: { kind: 'curve', points: [[1]] } }, 'prediction.points.0: 必须是两个有限的数'],
  ['its options', { prediction: { kind: 'level', points: [[1, 2]], x: 1 } }, 'prediction.x: 没有这个选项'],
  ['a figure', { figure: '!' }, 'figure: 必须是一张图的名称'],
  ['controls', { controls: 5 }, 'controls: 必须是最多 12 个名称的列表'],
  ['a picture', { poster: 'javascript:0' }, 'poster: 必须是一个网址'],
])('an attribute of a figure: %s', async (_, raw, begins) => {
  const error = errorOf(() => readSettings({ lesson: 'mirage', ...raw }, 'https://example.org/'));
  const said = saidOf(await sayProblems(error, 'zh'));
  expect(said[0]!.startsWith(begins), said[0]).toBe(true);
});

test('more than a figure may have', () => {
  const cost = { step: 1e99, evaluation: 0, all: 0, kept: 0, examples: 0, bytes: 0, kernels: 0 };
  const error = new SchemaError([problemAt('', sayExcess(excess(cost, true)!))]);
  expect(saidOf(sayError(error))).toEqual(['一步需要 1.0e+99 FLOPs；在这台设备上，一张图最多可以用 1.0e+9']);
});
