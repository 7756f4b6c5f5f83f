/** What people give the command line to read: names, encodings, settings. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readAssignment, UsageError } from '../../src/cli/arguments.ts';
import { readJson } from '../../src/cli/json.ts';
import { main } from '../../src/cli/main.ts';
import { SchemaError } from '../../src/schema.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const TABLE =
  'N,loss\n10,3.0036\n40,2.492\n160,2.1545\n640,1.9318\n2560,1.7849\n10240,1.6879\n40960,1.624\n163840,1.5818\n';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'naming-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The exit code of a command, and what it said. */
async function said(...argv: string[]): Promise<[code: number, text: string]> {
  const lines: unknown[] = [];
  const spies = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log')];
  for (const spy of spies) spy.mockImplementation((line) => void lines.push(line));
  try {
    return [await main(argv), lines.join('\n')];
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'nothing'])(
  'there is no experiment called %s, and the list says which there are',
  async (name) => {
    const [code, text] = await said('run', name);
    expect(code).toBe(2);
    expect(text).toContain(
      `"${name}" is neither a readable file (${join(process.cwd(), name)}) nor an experiment (shape, language), nor a task (shapes, `,
    );
  },
);

test('a file that is not there is told with the place where it was looked for', async () => {
  const [code, text] = await said('fit', 'no-such.csv', '--law', 'power');
  expect([code, text]).toEqual([
    2,
    expect.stringContaining(`there is no such file: ${join(process.cwd(), 'no-such.csv')}`),
  ]);
});

const SPEC = '{"task": {"name": "shapes"}, "steps": 7}';
const utf16 = (text: string, bigEndian = false): Buffer => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test.each<[string, string | Buffer]>([
  ['UTF-8', SPEC],
  ['UTF-8 with a byte order mark', `\uFEFF${SPEC}`],
  ['UTF-16', utf16(SPEC)],
  ['UTF-16, big end first', utf16(SPEC, true)],
  ['UTF-16 with line ends of Windows', utf16(SPEC.replaceAll(' ', '\r\n'))],
])('JSON in %s is read', (_, content) => {
  const file = join(folder, 'spec.json');
  writeFileSync(file, content);
  expect(readJson(file, 'a RunSpec')).toEqual({ task: { name: 'shapes' }, steps: 7 });
});

test.each<[string, string | Buffer, RegExp]>([
  ['brackets without end', '['.repeat(9000), /is nested deeper than 32 levels/],
  [
    'half an object',
    '{"task":\n  {"name" "x"}}',
    /is not JSON, from line 2, column 11 on; it should hold a RunSpec/,
  ],
  ['a list', '[1]', /must hold a JSON object/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xfe, 0xfd]), /is no text/],
])('a file with %s is refused in words', (_, content, message) => {
  const file = join(folder, 'wrong.json');
  writeFileSync(file, content);
  expect(() => readJson(file, 'a RunSpec')).toThrow(UsageError);
  expect(() => readJson(file, 'a RunSpec')).toThrow(message);
});

test('a text of one’s own stays a text, whatever it looks like', () => {
  expect(readAssignment('task.text=3.14159')).toEqual(['task.text', '3.14159']);
  expect(readAssignment('task.text=[1,2]')).toEqual(['task.text', '[1,2]']);
  expect(readAssignment('task.text="quoted"')).toEqual(['task.text', 'quoted']);
  expect(readAssignment('steps=3')).toEqual(['steps', 3]);
  expect(readAssignment('task.kind=rings')).toEqual(['task.kind', 'rings']);
  expect(() => readAssignment(`evaluate=${'['.repeat(9000)}`)).toThrow(SchemaError);
});

test.each([
  ['model.hidden.length=50000000', 'hidden is a list of 2, with nothing at length'],
  ['hasOwnProperty.call=1', 'hasOwnProperty: unknown option'],
  ['__proto__.x=1', 'is no path of a spec'],
  ['evaluate=[]', 'evaluate: must be an object of options, not []'],
  ['schedule=[]', 'schedule: must be an object of options, not []'],
  ['ключ=1', 'ключ: unknown option'],
])('--set %s is refused in words, at once', async (assignment, message) => {
  const started = performance.now();
  const [code, text] = await said('run', 'shape', '--set', assignment);
  expect([code, text]).toEqual([2, expect.stringContaining(message)]);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('it starts from folders with any signs in their names, and reads files of the folder where npm was called', () => {
  const home = join(folder, 'my #lab? 100%');
  mkdirSync(home);
  for (const part of [
    'src',
    'shaders',
    'build',
    'docs',
    'public',
    'package.json',
    'vite.config.ts',
    'index.html',
  ])
    cpSync(join(HOME, part), join(home, part), { recursive: true });
  symlinkSync(join(HOME, 'node_modules'), join(home, 'node_modules'));
  const called = join(folder, 'called from');
  mkdirSync(called);
  writeFileSync(join(called, 'mine.csv'), TABLE);
  const env = { ...process.env, INIT_CWD: called, npm_package_json: join(home, 'package.json') };
  const argv = ['src/cli/lab.mjs', 'fit', 'mine.csv', '--law', 'power'];
  expect(execFileSync(process.execPath, argv, { cwd: home, env, encoding: 'utf8' })).toContain(
    'power law fitted to 8 runs',
  );
});

test('what is wrong with a spec or a sweep is told with its file', async () => {
  const file = join(folder, 'wrong.json');
  writeFileSync(file, '{"task":{"name":"shapes"},"steps":-1}');
  expect(await said('run', file)).toEqual([
    2,
    `"${file}": steps: must be an integer from 1 to 10000000, not -1`,
  ]);
  writeFileSync(file, '{"spec":{"task":{"name":"shapes"}},"axes":5}');
  expect((await said('sweep', file, '--out', join(folder, 'sweep')))[1]).toContain(
    `"${file}": axes: must be`,
  );
});

test('a checkpoint that is not there is told as every file is', async () => {
  const [code, text] = await said('score', join(folder, 'no.safetensors'));
  expect(code).toBe(2);
  expect(text).toContain('cannot be read (there is no such file: ');
});

test('no file is written over the spec, nor over another file of the same run', async () => {
  const spec = join(folder, 'spec.json');
  const text = '{"task":{"name":"shapes"},"model":{"kind":"mlp","hidden":[2]},"steps":1}';
  writeFileSync(spec, text);
  expect((await said('run', spec, '--out', spec))[1]).toContain('is the file that the spec is read from');
  expect(readFileSync(spec, 'utf8')).toBe(text);
  const keep = join(folder, 'keep');
  const step = join(keep, 'step-00000001.safetensors');
  const [code, refused] = await said('run', spec, '--keep', keep, '--checkpoint', step);
  expect(code).toBe(2);
  expect(refused).toContain('has a name that --keep gives to a checkpoint');
  expect((await said('run', spec, '--out', `${join(folder, 'no')}/`))[1]).toContain('that is a folder');
});

test('a negative number is a number that is not allowed, not a missing value', async () => {
  expect((await said('run', 'shape', '--seed', '-1'))[1]).toMatch(
    /^--seed: must be an integer from 0 to 4294967295, not "-1"/,
  );
  expect((await said('run', 'shape', '--seed', '--json'))[1]).toMatch(/^--seed: needs a value\n/);
});
