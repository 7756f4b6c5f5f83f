/** What the command line prints to and reads from where that is no ordinary file, and what it finds where it will write. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAB } from '../support/lab.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  const losses = Array.from({ length: 8 }, (_, i) => `${10 * 4 ** i},${1.5 + 3 * (10 * 4 ** i) ** -0.3}`);
  writeFileSync(at('table.csv'), ['N,loss', ...losses].join('\n'));
  const model = { kind: 'mlp', hidden: [2] };
  writeFileSync(at('spec.json'), JSON.stringify({ task: { name: 'shapes' }, model, batch: 4, steps: 2 }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const lab = (...args: string[]): Promise<{ code: number; out: string; error: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [LAB, ...args], (failure, out, error) =>
      resolve({ code: failure ? Number(failure.code) : 0, out, error }),
    );
  });

// Needs /dev/full, which Linux has.
it('what could not be printed is a failure', async () => {
  const full = openSync('/dev/full', 'w');
  const args = [LAB, 'fit', at('table.csv'), '--law', 'power'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', full, 'pipe'] });
  let error = '';
  child.stderr!.on('data', (text) => (error += String(text)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  closeSync(full);
  expect(code).toBe(1);
  expect(error).toContain('What was printed did not arrive: ENOSPC');
});

it('a file without an end is refused', async () => {
  const { code, error } = await lab('fit', '/dev/zero', '--law', 'power');
  expect(code).toBe(2);
  expect(error).toContain('"/dev/zero" cannot be read (it goes on after 268435456 bytes');
});

it('a result counts as whole only for the run that it is of, with the weights that it began with', async () => {
  const run = (...more: string[]): ReturnType<typeof lab> =>
    lab('run', at('spec.json'), '--device', 'cpu', '--out', at('run.json'), ...more);
  await lab(
    'run',
    at('spec.json'),
    '--device',
    'cpu',
    '--seed',
    '9',
    '--checkpoint',
    at('other.safetensors'),
  );
  expect((await run('--from', at('other.safetensors'))).code).toBe(0);
  const before = readFileSync(at('run.json'), 'utf8');

  const same = await run('--from', at('other.safetensors'), '--resume');
  expect(same.error).toContain('holds this run already, whole');
  expect(readFileSync(at('run.json'), 'utf8')).toBe(before);

  const alone = await run('--resume');
  expect(alone.error).toMatch(/holds another run: from is \{.*, not none\. It is replaced/);
  expect(JSON.parse(readFileSync(at('run.json'), 'utf8'))).not.toHaveProperty('from');
});
