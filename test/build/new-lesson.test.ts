/** `npm run new lesson NAME` in a copy of the project: what it writes runs, and a test says what it lacks. */
import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'low-tide';
/** What the project is made of, without what is built or installed. */
const LEFT_OUT = ['node_modules', '.git', 'dist', 'lib', '.cache', 'docs'];
const copy = mkdtempSync(join(tmpdir(), 'scaling-lab-new-'));

const run = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
const generate = (...args: string[]): SpawnSyncReturns<string> => run('scripts/new.mjs', ...args);

beforeAll(() => {
  for (const name of readdirSync(ROOT).filter((name) => !LEFT_OUT.includes(name))) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const { status, stderr, stdout } = generate('lesson', NAME);
  expect(status, stderr).toBe(0);
  expect(stdout).toContain(`lesson ${NAME}`);
});
afterAll(() => rmSync(copy, { recursive: true }));

test.each([
  [['lesson', NAME], `src/lessons/${NAME} is there already`],
  [['lesson', 'Low Tide'], 'small letters and hyphens, such as scaling-laws, not "Low Tide"'],
  [['lesson', '../out'], 'small letters and hyphens'],
  [['lesson'], 'npm run new lesson NAME'],
  [['room', 'a'], 'npm run new lesson NAME'],
])('%o is refused', (args, why) => {
  const { status, stderr } = generate(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(why);
});

test('it is all of a lesson but what is recorded, formatted, with sound types', () => {
  const kinds = (name: string): string[] => readdirSync(join(copy, 'src/lessons', name)).sort();
  // What is recorded comes later, and a view of the inside where there is something to see.
  const later = ['inside.ts', 'pictures.json', 'recording.json', 'recording.small.json', 'trials.json'];
  expect(kinds(NAME)).toEqual(kinds('learning').filter((file) => !later.includes(file)));
  const bin = (path: string, ...args: string[]): string =>
    execFileSync(process.execPath, [join('node_modules', path), ...args], { cwd: copy, encoding: 'utf8' });
  bin('prettier/bin/prettier.cjs', '--check', `src/lessons/${NAME}`);
  const project = { extends: './tsconfig.json', include: [`src/lessons/${NAME}`] };
  writeFileSync(join(copy, 'tsconfig.lesson.json'), JSON.stringify(project));
  bin('typescript/bin/tsc', '-p', 'tsconfig.lesson.json');
});

test('it trains and judges', () => {
  const { stdout, stderr } = run(
    'src/cli/lab.mjs',
    'lesson',
    NAME,
    '--size',
    'small',
    '--device',
    'cpu',
    '--json',
  );
  const { lesson, verdict } = JSON.parse(stdout || `{"stderr": ${JSON.stringify(stderr)}}`) as {
    lesson: string;
    verdict: { outcome: string; numbers: Record<string, number> };
  };
  expect(lesson).toBe(NAME);
  expect(['holds', 'does-not-hold']).toContain(verdict.outcome);
  expect(verdict.numbers.largestLoss).toBeGreaterThan(0);
});

test('its verdict is tested, and a test says what it lacks', () => {
  const vitest = 'node_modules/vitest/vitest.mjs';
  const { stdout } = run(
    vitest,
    'run',
    '--reporter=json',
    'test/lessons/complete.test.ts',
    `src/lessons/${NAME}`,
  );
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    testResults: { assertionResults: { status: string; title: string; failureMessages: string[] }[] }[];
  };
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(12);
  const [lacking, ...more] = results.filter(({ status }) => status === 'failed');
  expect(more).toEqual([]);
  expect(lacking!.title).toBe(`${NAME} lacks nothing`);
  const [message] = lacking!.failureMessages;
  expect(message).toContain(`recording.json: npm run lab -- record ${NAME}`);
  for (const file of ['en.md', 'zh.md', 'verdict.ts', 'lesson.test.ts', 'meta.ts']) {
    expect(message).toMatch(new RegExp(`${file}: \\d+ TODO`));
  }
  expect(message).toMatch(/meta\.ts: cost\.flops\.small: \d/);
});
