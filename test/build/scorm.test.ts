/** The packages for courses: what is in them, and a lesson that is done in a course, left, and gone on with elsewhere. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_CHARACTERS } from '../../src/app/course/suspended.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { useBrowser } from '../support/browser.ts';
import { buildPage } from '../support/build.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { type Cmi, useCourse } from '../support/course.ts';

const home = mkdtempSync(join(tmpdir(), 'scaling-lab-courses-'));
const PATIENCE = { timeout: 240_000 };
const LESSON = 'learning';
let files: Record<string, Uint8Array> = {};

beforeAll(async () => {
  const outDir = join(home, 'lab');
  cpSync(await built('lab'), outDir, { recursive: true });
  await buildPage({ outDir, emptyOutDir: false }, 'vite.scorm.config.ts');
  files = unzipSync(readFileSync(join(home, `${LESSON}.zip`)));
}, BUILDING_MS);
afterAll(() => rmSync(home, { recursive: true }));

const course = useCourse(() => files);
const browser = useBrowser(['--enable-unsafe-webgpu']);

/** As a platform shows it to a learner, in a window that has seen nothing before. */
async function launch(learner: string): Promise<[page: Page, frame: FrameLocator]> {
  const page = await browser.open(course.address(learner), {
    waits: true,
    locale: 'en',
    reducedMotion: 'reduce',
  });
  const frame = page.frameLocator('iframe');
  await frame.locator('lesson-page h1').waitFor();
  return [page, frame];
}

/** Nobody whom the course knows, also when a test is tried again. */
let learners = 0;
const newcomer = (name: string): string => `${name}-${++learners}`;

const kept = (learner: string): Cmi => course.kept(learner)!;
const score = (learner: string): string | undefined => course.kept(learner)?.core.score.raw;
const statuses = ({ objectives }: Cmi): Record<string, string> =>
  Object.fromEntries(['0', '1', '2'].map((i) => [objectives[i]!.id, objectives[i]!.status]));
const said = ({ interactions }: Cmi): [string, string, string][] =>
  Object.keys(interactions)
    .filter((key) => /^\d+$/.test(key))
    .map((key) => {
      const { id, student_response, result } = interactions[key]!;
      return [id, student_response, result];
    });

/** Points of the prediction that the chart shows. */
const drawnIn = (frame: FrameLocator): Promise<number> =>
  frame
    .locator('lab-chart')
    .evaluate(
      (chart) =>
        (chart as HTMLElement & { prediction?: { points: unknown[] } }).prediction?.points.length ?? 0,
    );

async function predict(frame: FrameLocator): Promise<void> {
  const pen = frame.getByRole('slider', { name: /^Your prediction/ });
  await pen.press('ArrowDown');
  for (let i = 0; i < 7; i++) await pen.press('Shift+ArrowRight');
  await frame.getByRole('button', { name: 'That is my prediction' }).click();
  await frame.locator('.asking').waitFor({ state: 'detached' });
}

test('a package for each lesson: a manifest that lists what is there, and nothing that is not', () => {
  const zips = readdirSync(home).filter((name) => name.endsWith('.zip'));
  expect(zips.sort()).toEqual(EXPERIMENT_NAMES.map((name) => `${name}.zip`).sort());
  for (const zip of zips) {
    // By a reader that is not the writer's.
    const names = execFileSync('python3', ['-c', READ, join(home, zip)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    const { 'imsmanifest.xml': manifest, 'index.html': page } = unzipSync(readFileSync(join(home, zip)));
    const listed = [...strFromU8(manifest!).matchAll(/<file href="([^"]+)"/g)].map(([, name]) => name!);
    expect(new Set(['imsmanifest.xml', ...listed])).toEqual(new Set(names));
    expect(strFromU8(manifest!)).toContain('adlcp:scormtype="sco" href="index.html"');
    for (const [, name] of strFromU8(page!).matchAll(/(?:src|href)="\.\/([^"]+)"/g))
      expect(names).toContain(name);
    expect(strFromU8(page!)).toContain(`data-course="${zip.replace('.zip', '')}"`);
    expect(readFileSync(join(home, zip)).length).toBeLessThan(1_500_000);
  }
});
const READ =
  'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print("\\n".join(z.namelist()))';

test('prediction, recorded run and question are told as score and status, and are there again on another machine', async () => {
  const ada = newcomer('ada');
  const [page, frame] = await launch(ada);
  await expect.poll(() => course.kept(ada)?.core.lesson_status).toBe('incomplete');
  expect(score(ada)).toBe('0');
  await predict(frame);
  await expect.poll(() => score(ada)).toBe('30');
  expect(statuses(kept(ada))).toEqual({
    prediction: 'completed',
    verdict: 'not attempted',
    check: 'not attempted',
  });
  await frame.getByRole('button', { name: 'Replay the recorded run' }).click();
  await frame.getByLabel('Moment of the recorded run').fill('1');
  await expect.poll(() => score(ada)).toBe('60');
  const drawn = await drawnIn(frame);
  await page.context().close();
  await expect.poll(() => kept(ada).core.session_time).not.toBe('');

  // Another window has nothing but what the course gives it.
  const [other, again] = await launch(ada);
  await again.getByTestId('verdict').waitFor();
  expect(await again.getByRole('button', { name: 'That is my prediction' }).count()).toBe(0);
  expect(await drawnIn(again)).toBe(drawn);
  const question = again.locator('lesson-concept form');
  await question.getByRole('radio').nth(RIGHT()).check();
  await question.getByRole('button').click();
  await expect.poll(() => score(ada)).toBe('100');
  expect(kept(ada).core.lesson_status).toBe('completed');
  expect(statuses(kept(ada))).toEqual({ prediction: 'completed', verdict: 'completed', check: 'passed' });
  const told = said(kept(ada));
  expect(told.map(([id]) => id)).toEqual(['prediction', 'question']);
  expect(told[0]![1]).toMatch(/^curve [\d.]+,[\d.]+ /);
  expect(Number(told[0]![2])).toBeLessThanOrEqual(100);
  expect(told[1]!.slice(1)).toEqual(['abcd'[RIGHT()], 'correct']);
  expect(kept(ada).suspend_data.length).toBeLessThanOrEqual(MOST_CHARACTERS);

  // Loaded again, it is still done.
  await other.reload();
  await again.locator('lesson-concept .both').waitFor();
  expect([kept(ada).core.lesson_status, score(ada)]).toEqual(['completed', '100']);
});
const RIGHT = (): number => Number(/data-right="(\d)"/.exec(strFromU8(files['index.html']!))![1]);

test('a run of the learner’s own gives the verdict, and who comes next to the same machine finds nothing of it', async () => {
  const [bea, carl] = [newcomer('bea'), newcomer('carl')];
  const [page, frame] = await launch(bea);
  await predict(frame);
  // Few steps: one of its presets is given other settings, and pressed.
  const preset = frame.locator('[data-try]').first();
  await preset.evaluate((word: HTMLElement) => {
    word.dataset.try = '{"steps": 60}';
    word.click();
  });
  const phase = (): Promise<string | undefined> =>
    frame.locator('lab-plan-bar').evaluate((bar) => (bar as HTMLElement & { phase?: string }).phase);
  await expect.poll(phase, PATIENCE).toBe('ready');
  await frame.locator('lab-plan-bar').getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(phase, PATIENCE).toBe('finished');
  await expect.poll(() => score(bea)).toBe('60');
  expect(said(kept(bea)).map(([id]) => id)).toEqual(['prediction', 'verdict']);
  const answers = frame.locator('#check .quiz').first().getByRole('radio');
  await answers.first().check();
  await expect.poll(() => kept(bea).core.lesson_status).toBe('completed');
  expect(['80', '100']).toContain(score(bea));

  await page.goto(course.address(carl));
  await frame.getByRole('button', { name: 'That is my prediction' }).waitFor();
  expect(await drawnIn(frame)).toBe(0);
  await expect.poll(() => score(carl)).toBe('0');
  await frame.getByRole('button', { name: 'Show me' }).click();
  await frame.getByTestId('verdict').waitFor();
  expect(await frame.locator('lab-runs-table').count()).toBe(0);
  const seedOf = (learner: string): number =>
    (JSON.parse(kept(learner).suspend_data) as { seed: number }).seed;
  expect(seedOf(carl)).not.toBe(seedOf(bea));
});
