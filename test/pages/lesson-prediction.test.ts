/** The answer waits for the learner's prediction; then it is replayed, or trained, and held against it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { conceal } from '../../src/lessons/question.ts';
import { raised } from '../../src/locales/say.ts';
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons, verdict } from '../support/lesson-page.ts';
import { recordingOf } from '../support/recording.ts';
import { draw, predict } from '../support/walk.ts';

const { open } = useLessons();
const FIRST_VISIT = { waits: true } as const;
const RECORDED = { ...FAST, recorded: 'shipped' } as const;

const drawn = (page: Page): Promise<readonly (readonly [number, number])[]> =>
  page.evaluate(() => document.querySelector('lab-chart')!.prediction?.points ?? []);
const curves = (page: Page): Promise<{ x: number[]; y: (number | null)[] }[]> =>
  page.evaluate(() =>
    document.querySelector('lab-chart')!.series.map(({ x, y }) => ({ x: Array.from(x), y: Array.from(y) })),
  );

test.each(EXPERIMENT_NAMES)('%s shows what is given and nothing of what is asked', async (name) => {
  const page = await open(`lesson/${name}`, RECORDED, FIRST_VISIT);
  await page.waitForSelector('lab-chart');
  const { question } = LESSONS.find((lesson) => lesson.name === name)!;
  const { findings } = recordingOf(name);
  const given = conceal(question, findings).figures[0]!.series;
  const shown = await curves(page);
  expect(shown.map(({ x }) => x.length)).toEqual(given.map(({ x }) => x.length));
  const sentence = raised(findings.verdict.sentence.en);
  const text = await page.locator('lesson-page').innerText();
  expect(text).not.toContain(sentence);
  for (const section of ['explain', 'try', 'check', 'run']) {
    expect(await page.locator(`#${section} lab-prose`).isVisible(), section).toBe(false);
    expect(await page.locator(`#${section} > div`).getAttribute('hidden')).toBe('until-found');
  }
  expect(await verdict(page).count()).toBe(0);
  expect(await page.locator('.details table, .listings, .views, lab-runs-table').count()).toBe(0);
  expect(await page.locator('lesson-page .value[data-own]').count()).toBe(0);
  expect(await button(page, 'Run').isVisible()).toBe(false);
  // What is shown on request is all of it.
  await button(page, 'Show me').click();
  await verdict(page).getByText(sentence).waitFor();
  expect(await page.locator('#explain lab-prose').isVisible()).toBe(true);
});

test('a prediction is drawn with pointer or keys; nothing can be said before', async () => {
  const page = await open('lesson/learning', RECORDED, FIRST_VISIT);
  const done = button(page, 'That is my prediction');
  await done.waitFor();
  expect(await done.getAttribute('aria-disabled')).toBe('true');
  const pen = page.getByRole('slider', { name: /^Your prediction/ });
  const box = (await pen.boundingBox())!;
  await page.mouse.move(box.x + 2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const first = await drawn(page);
  expect(first.length).toBeGreaterThan(4);
  expect(first.at(-1)![1]).toBeLessThan(first[0]![1]);
  expect(await done.getAttribute('aria-disabled')).toBe('true');
  await pen.press('End');
  await pen.press('ArrowDown');
  const second = await drawn(page);
  expect(second.length).toBe(32);
  expect(second.slice(0, first.length - 1)).toEqual(first.slice(0, -1));
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect.poll(() => drawn(page)).toEqual(second);
  await done.click();
  await expect.poll(() => pen.count()).toBe(0);
  expect(await drawn(page)).toEqual(second);
  await button(page, 'Change it').click();
  await pen.waitFor();
  expect(await drawn(page)).toEqual([]);
});

test('the recorded run is drawn again in time, marked as recorded, and held against the prediction', async () => {
  const page = await open('lesson/emergence-in-time', RECORDED, FIRST_VISIT);
  await draw(page);
  await button(page, 'That is my prediction').click();
  const given = await curves(page);
  await button(page, 'Replay the recorded run').click();
  await page.getByText('Recorded run: ').waitFor();
  const moment = page.getByLabel('Moment of the recorded run');
  await moment.fill('0.5');
  const half = await curves(page);
  expect(half[0]!.x.at(-1)).toBeCloseTo(100, -1);
  expect(half.length).toBeGreaterThan(given.length);
  expect(await verdict(page).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await moment.fill('1');
  await verdict(page).getByText('You predicted never; the recorded run gave 590 steps.').waitFor();
  expect(await verdict(page).locator('.score').innerText()).toMatch(/^\d+ of 100 points$/);
  expect(await page.locator('#explain lab-prose').isVisible()).toBe(true);
  await page.reload();
  await verdict(page).getByText('the recorded run gave 590 steps').waitFor();
});

test('where motion is not wanted the replay goes to its end in a few steps', async () => {
  const page = await open('lesson/learning', RECORDED, { ...FIRST_VISIT, reducedMotion: 'reduce' });
  await predict(page);
  await button(page, 'Replay the recorded run').click();
  const steps = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const seen = new Set<number>();
        const look = (): void => {
          const moment = document.querySelector<HTMLInputElement>('.replay input');
          if (moment) seen.add(moment.valueAsNumber);
          if (document.querySelector('.verdict')) resolve(seen.size);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  expect(steps).toBeLessThanOrEqual(12);
});

test('what is folded can be searched for, and opened', async () => {
  const page = await open('lesson/learning', RECORDED, FIRST_VISIT);
  await button(page, /^Check/).click();
  expect(await page.locator('#check lab-prose').isVisible()).toBe(true);
  expect(await page.locator('#explain lab-prose').isVisible()).toBe(false);
  await page.locator('#explain > div').dispatchEvent('beforematch');
  expect(await page.locator('#explain lab-prose').isVisible()).toBe(true);
  await button(page, 'Show all').click();
  expect(await page.locator('.fold').count()).toBe(0);
  expect(await verdict(page).count()).toBe(0);
});

test('the own run stands alone until it has ended; then the recorded one stands behind it', async () => {
  const page = await open('lesson/learning', { recorded: true, tickMs: 20, stepsPerTick: 100 }, FIRST_VISIT);
  await predict(page);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'running');
  const colors = (): Promise<string[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ color }) => color));
  await expect.poll(async () => (await colors()).length).toBeGreaterThan(1);
  const running = (await colors()).length;
  await untilPhase(page, 'finished');
  await expect.poll(async () => (await colors()).length).toBeGreaterThan(running);
  await expect
    .poll(() => verdict(page).locator('.against').innerText())
    .toMatch(/^(You predicted|Your curve lay)/);
});
