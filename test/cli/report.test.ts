/** What the command line says of itself, and of what it has written: help, versions, wrong options, reports, files that open. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { HELP } from '../../src/cli/help.ts';
import { keptRunsIn } from '../../src/files/kept.ts';
import { built } from '../support/built.ts';
import { useBrowser } from '../support/browser.ts';
import { LAB } from '../support/lab.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const lab = (...args: string[]): Promise<{ code: number; out: string; error: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [LAB, ...args], { maxBuffer: 1 << 26 }, (failure, out, error) =>
      resolve({ code: failure ? Number(failure.code) : 0, out, error }),
    );
  });
const CPU = ['--device', 'cpu'];
const TINY = ['--set', 'model.hidden=[2]', '--set', 'batch=4', '--set', 'evaluate.every=4', '--steps', '8'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  await lab('run', 'shapes', ...TINY, ...CPU, '--replicas', '2', '--out', at('run.json'));
  const spec = { task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [2] }, batch: 4, steps: 4 };
  writeFileSync(at('sweep.json'), JSON.stringify({ spec, axes: [{ batch: [2, 4, 8] }] }));
  await lab('sweep', at('sweep.json'), '--out', at('sizes'), ...CPU);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('asked for help', () => {
  it('says its version', async () => {
    expect((await lab('--version')).out.trim()).toBe(version);
  });

  it('lists all commands, and says of one what it takes, with defaults and examples', async () => {
    const { out } = await lab('help');
    for (const name of Object.keys(HELP)) expect(out).toContain(`  ${name}`);
    const { out: run } = await lab('run', '--help');
    for (const word of [
      'Options',
      'default',
      'Examples',
      'language',
      'factsworld',
      'model.hidden',
      'optimizer.name=muon',
    ])
      expect(run).toContain(word);
    expect((await lab('lesson', '--help')).out).toContain('emergence-in-time');
  });

  it.each([
    [['run', 'shapes', '--step', '3'], 'there is no option --step (did you mean --steps?)'],
    [['run', 'shapes', '--steps'], '--steps: needs a value'],
    [['run', 'shapes', '--json=yes'], '--json: takes no value'],
    [['run', 'shapes', '--steps', '-3'], '--steps: must be an integer from 1 to'],
    [['run', 'shapes', '--size', 'small'], '--size: is for experiments'],
    [['report', 'nothing.json'], '"nothing.json" cannot be read (there is no such file'],
  ])('answers %j in words of its own', async (args, words) => {
    const { code, error } = await lab(...args);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });
});

describe('what it has written', () => {
  it('is a run that the page keeps, and a spec that it trains again', async () => {
    const text = readFileSync(at('run.json'), 'utf8');
    expect(text).toMatch(/^\{"format":"scaling-lab run 1"/);
    const [kept] = keptRunsIn(text, 'mine');
    expect(kept!.changes).toMatchObject({
      'task.name': 'shapes',
      'model.hidden': [2],
      steps: 8,
      replicas: 2,
    });
    const again = await lab('run', at('run.json'), ...CPU, '--out', at('again.json'));
    expect(again.code).toBe(0);
    const losses = (file: string): unknown =>
      (JSON.parse(readFileSync(file, 'utf8')) as { losses: unknown }).losses;
    expect(losses(at('again.json'))).toEqual(losses(at('run.json')));
  });

  it('is a spec also as the page has kept it', async () => {
    const runs = keptRunsIn(readFileSync(at('run.json'), 'utf8'), 'mine');
    writeFileSync(at('kept.json'), JSON.stringify({ format: 'scaling-lab runs 1', runs }));
    const { code, out } = await lab('run', at('kept.json'), ...CPU);
    expect(code).toBe(0);
    expect(out).toContain('finished 8 steps');
    const two = JSON.stringify({ format: 'scaling-lab runs 1', runs: [...runs, ...runs] });
    writeFileSync(at('two.json'), two);
    expect((await lab('run', at('two.json'), ...CPU)).error).toContain('holds 2 runs, where one is wanted');
  });

  it('is what a lesson’s page keeps', async () => {
    const short = ['lesson', 'learning', '--size', 'small', '--set', 'steps=20', ...CPU];
    await lab(...short, '--out', at('lesson'), '--save', at('lesson.json'));
    const [kept] = keptRunsIn(readFileSync(at('lesson.json'), 'utf8'), 'none');
    expect(kept).toMatchObject({ lesson: 'learning', size: 'small', changes: { size: 'small', steps: 20 } });
    const { out } = await lab('report', at('lesson'), '--jsonl', '-');
    expect(out.split('\n').filter((line) => line.includes('"kind":"loss"')).length).toBeGreaterThan(19);
    const page = await lab('report', at('lesson'), '--html', at('lesson.html'), '--lang', 'zh');
    expect(page.error).toBe('');
    expect(readFileSync(at('lesson.html'), 'utf8')).toContain(
      'npm run lab -- lesson learning --size small --seed 1 --set steps=20 --save learning.json',
    );
  });
});

describe('a report', () => {
  it('has each loss and evaluation on a line of its own', async () => {
    const { out } = await lab('report', at('run.json'), '--jsonl', '-');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const losses = (JSON.parse(readFileSync(at('run.json'), 'utf8')) as { losses: { values: number[][] } })
      .losses.values;
    expect(lines.filter(({ kind }) => kind === 'loss').map(({ loss }) => loss)).toEqual(losses.flat());
    expect(lines.filter(({ kind, set }) => kind === 'evaluation' && set === 'validation')).toHaveLength(6);
  });

  it('says of a run that was stopped how far it came', async () => {
    const run = JSON.parse(readFileSync(at('run.json'), 'utf8')) as { spec: { steps: number } };
    writeFileSync(
      at('stopped.json'),
      JSON.stringify({ ...run, outcome: 'paused', spec: { ...run.spec, steps: 20 } }),
    );
    expect((await lab('report', at('stopped.json'))).out).toContain('It was stopped at step 8 of 20.');
    expect((await lab('report', at('run.json'))).out).not.toContain('stopped');
    await lab('report', at('stopped.json'), '--html', at('stopped.html'), '--lang', 'zh');
    expect(readFileSync(at('stopped.html'), 'utf8')).toContain('训练在第 8 步停下，共 20 步。');
  });

  it('of a sweep says what its runs are together', async () => {
    const { out } = await lab('report', at('sizes'));
    expect(out).toContain('held-out loss at the end');
    await lab('report', at('sizes'), '--svg', at('sizes.svg'), '--theme', 'dark');
    const svg = readFileSync(at('sizes.svg'), 'utf8');
    expect(svg.match(/<circle/g)).toHaveLength(3);
    expect(svg).toContain('>batch</text>');
    const wrong = await lab('report', at('sizes'), '--svg', at('sizes.svg'), '--figure', 'none');
    expect(wrong.error).toContain('--figure: must be one of end, curves, not "none"');
  });
});

describe('in a browser', () => {
  const browser = useBrowser();

  it('a page of one file shows the charts, and asks for nothing', async () => {
    await lab('report', at('run.json'), at('sizes'), '--html', at('report.html'));
    const page = await browser.open(`file://${at('report.html')}`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    expect(asked).toHaveLength(1);
    expect(await page.locator('svg[role=img]').count()).toBe(3);
    const stroke = await page
      .locator('svg polyline')
      .first()
      .evaluate((line) => getComputedStyle(line).stroke);
    expect(stroke).toMatch(/^rgb\((?!0, 0, 0)/);
    expect(await page.locator('pre').first().textContent()).toContain('npm run lab -- run shapes');
  });

  it('`open` shows the run in the lab', async () => {
    const child = spawn(process.execPath, [
      LAB,
      'open',
      at('run.json'),
      '--no-browser',
      '--site',
      await built('site'),
    ]);
    try {
      let said = '';
      const address = await new Promise<string>((resolve, reject) => {
        child.stdout.on('data', (data: Buffer) => {
          const found = /http:\S+/.exec((said += data.toString()));
          if (found && said.includes('Ctrl-C')) resolve(found[0]);
        });
        child.stderr.on('data', (data: Buffer) => (said += data.toString()));
        child.once('exit', () => reject(new Error(said)));
      });
      const page = await browser.open(address);
      const table = page.locator('lab-runs-table');
      await table.getByRole('rowheader', { name: 'run', exact: true }).waitFor();
      expect(await table.getByRole('checkbox').first().isChecked()).toBe(true);
      expect(page.url()).toMatch(/#\/sandbox\?open$/);
    } finally {
      child.kill();
    }
  }, 300_000);
});
