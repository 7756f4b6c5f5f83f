/** `lab fit`: tables of runs from anywhere, as a person types it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAB } from '../support/lab.ts';

const SIZES = [1e6, 2e6, 4e6, 8e6, 1.6e7, 3.2e7, 6.4e7, 1.28e8];
const AMOUNTS = [2e9, 8e9, 3.2e10];
const law = (N: number, D: number): number => 1.8 + 480 / N ** 0.35 + 2000 / D ** 0.36;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'fit-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function table(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
}

async function lab(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [LAB, 'fit', ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('lab fit', { timeout: 60_000 }, () => {
  it('recognises the columns by their headers', async () => {
    const file = table('runs.csv', ['N,D,loss', ...SIZES.map((N) => `${N},2e9,${law(N, 2e9)}`)]);
    for (const x of [[], ['--x', 'N']]) {
      const { code, stdout } = await lab(file, '--law', 'power', ...x);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^power law fitted to 8 runs/);
      expect(stdout).toMatch(/alpha +0\.35/);
    }
  });

  it('reads the columns that are named, and prints what programs read', async () => {
    const runs = SIZES.flatMap((N) => AMOUNTS.map((D) => `${N / 1e6}M,x,${D},${law(N, D)},9`));
    const file = table('own.csv', ['model,note,seen,final,loss', ...runs, '', '3M,diverged,2e9,NaN,9']);
    const columns = 'N=model,D=seen,loss=final';
    const { code, stdout } = await lab(file, '--law', 'parametric', '--columns', columns, '--json');
    expect(code).toBe(0);
    const fit = JSON.parse(stdout) as {
      law: string;
      parameters: Record<string, { estimate: number; low: number; high: number }>;
      points: unknown[];
      residuals: number[];
    };
    expect(fit.law).toBe('parametric');
    expect(Object.keys(fit.parameters)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
    expect(fit.parameters.E!.estimate).toBeCloseTo(1.8, 2);
    expect([fit.points.length, fit.residuals.length]).toEqual([24, 24]);
    expect(fit).not.toHaveProperty('refusal');
  });

  it('says which rows are left out', async () => {
    const file = table('gaps.csv', ['N,seed,loss', ...SIZES.map((N) => `${N},1,${law(N, 2e9)}`), '1e6,2,']);
    const { stdout, stderr } = await lab(file, '--law', 'power', '--json');
    expect(stderr).toContain('Line 10 is left out: it has no loss.');
    expect(JSON.parse(stdout)).toMatchObject({ notes: ['Line 10 is left out: it has no loss.'] });
  });

  it('says why there is no law, and which line is wrong', async () => {
    const few = await lab(table('few.csv', ['N,loss', '1e6,3', '2e6,2.9']), '--law', 'power', '--json');
    expect(few.code).toBe(1);
    expect(JSON.parse(few.stdout)).toHaveProperty('refusal.sentence');
    const wrong = await lab(table('wrong.csv', ['N,loss', '1e6,3', 'big,2.9']), '--law', 'power');
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('Line 3');
    const unknown = await lab(join(folder, 'few.csv'), '--law', 'cubic');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('parametric')]);
  });
});
