/** A lesson with a pretended lab: its experiment from the first step to the verdict, and what can go wrong. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { hold } from '../support/hold.ts';
import { button, calls, FAST, untilPhase, useLessons, verdict } from '../support/lesson-page.ts';
import { recordingOf } from '../support/recording.ts';

const { open } = useLessons();
const plan = (page: Page): Promise<{ key: string; spec: Record<string, unknown> }[]> =>
  page.evaluate(() => window.lab.plans.at(-1) as { key: string; spec: Record<string, unknown> }[]);

test('a lesson runs to its verdict: runs are marked, the text takes the numbers, home knows', async () => {
  const page = await open('lesson/learning', { tickMs: 10 });
  await untilPhase(page, 'ready');
  await page.getByText('12 s expected here').waitFor();
  expect(await page.title()).toBe('What is a loss curve? · Scaling Lab');
  const value = page.locator('.value[data-value=trainLoss]').first();
  expect(await value.innerText()).toBe('about 0.012');
  await button(page, 'Run').click();
  await page.waitForFunction(
    () => document.querySelector('lab-plan-bar')!.entries.filter(({ state }) => state === 'done').length > 0,
  );
  await button(page, 'Pause').click();
  await untilPhase(page, 'paused');
  const share = (): Promise<number> =>
    page.evaluate(() => document.querySelector('lab-plan-bar')!.progress!.share);
  const paused = await share();
  await page.waitForTimeout(100);
  expect(await share()).toBe(paused);
  expect(await verdict(page).locator('b').innerText()).toBe('So far');
  await button(page, 'Go on').click();
  await untilPhase(page, 'finished');
  expect(await verdict(page).innerText()).toMatch(/in your run[\s\S]*would have been refuted by/);
  await page.waitForFunction(() =>
    document.querySelector('.value[data-value=trainLoss]')!.hasAttribute('data-own'),
  );
  expect(await value.innerText()).toMatch(/^0\.0\d+$/);
  const states = await page.evaluate(() =>
    document.querySelector('lab-plan-bar')!.entries.map(({ state }) => state),
  );
  expect(new Set(states)).toEqual(new Set(['done']));
  await page.evaluate(() => (location.hash = '#/'));
  await page.locator('.path .t[data-state=run]').waitFor();
  expect(await page.locator('.path .t[data-state=run]').count()).toBe(1);
  expect(await page.evaluate(() => window.lab.openRuns)).toBe(0);
});

test('figures are drawn while the first run is under way', async () => {
  const page = await open('lesson/learning', { tickMs: 30, stepsPerTick: 20 });
  await untilPhase(page, 'ready');
  expect(await page.locator('lab-chart').count()).toBe(0);
  await page.getByText('There is no recorded run of this lesson yet').waitFor();
  await button(page, 'Run').click();
  const reached = (): Promise<number> =>
    page.evaluate(() => Array.from(document.querySelector('lab-chart')?.series[0]?.x ?? []).at(-1) ?? 0);
  await expect.poll(reached).toBeGreaterThan(3);
  const before = await reached();
  await expect.poll(reached).toBeGreaterThan(before);
});

test('a recorded run is on the chart at once, says where it is from, and stays grey behind the live one', async () => {
  const page = await open('lesson/learning', { tickMs: 30, stepsPerTick: 20, recorded: true });
  await page.getByText('Recorded run: Recorder 3000, Nov 20, 2026, seed 1; yours has seed 1.').waitFor();
  expect(await verdict(page).locator('b').innerText()).toBe('What the recorded run says');
  expect(await page.locator('.value[data-own]').count()).toBe(0);
  const colors = (): Promise<string[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ color }) => color));
  expect(await colors()).toContain('c1');
  await untilPhase(page, 'ready');
  // Without what is known without a run.
  const recorded = (await colors()).filter((color) => color !== 'ink-3').length;
  await button(page, 'Run').click();
  await page.getByText('Grey: the recorded run, Recorder 3000').waitFor();
  await expect.poll(async () => (await colors()).length).toBeGreaterThan(recorded);
  expect((await colors()).slice(0, recorded)).toEqual(Array.from({ length: recorded }, () => 'ink-3'));
});

test('without WebGPU the recorded run is shown, and can be predicted anew', async () => {
  const page = await open('lesson/learning', {
    recorded: true,
    refuse: { name: 'NoGPUError', message: 'no WebGPU' },
  });
  await page.getByText('Nothing can be trained in this browser yet').waitFor();
  await page.getByText('Recorded run: Recorder 3000').waitFor();
  await button(page, 'Predict again').click();
  await page.getByRole('slider', { name: /^Your prediction/ }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('skip leaves a run out, reset forgets all, step trains one step', async () => {
  const page = await open('lesson/learning', { tickMs: 30, stepsPerTick: 20 });
  await untilPhase(page, 'ready');
  await button(page, 'Step').click();
  await untilPhase(page, 'paused');
  await page.getByText('step 1 of 2,000').waitFor();
  await button(page, 'Skip').click();
  await page.waitForFunction(() => document.querySelector('lab-plan-bar')!.entries[0]!.state === 'skipped');
  await button(page, 'Reset').click();
  await page.waitForFunction(() =>
    document.querySelector('lab-plan-bar')!.entries.every(({ state }) => state === 'waiting'),
  );
  expect((await calls(page)).filter((call) => /^(skip|reset)/.test(call))).toEqual(['skip 1', 'reset 1']);
});

test('a try shows what changed; before a run it takes effect at once, after one on restart', async () => {
  const page = await open('lesson/learning', FAST);
  await untilPhase(page, 'ready');
  await button(page, /three times as noisy/).click();
  await page.waitForFunction(() => window.lab.plans.length === 2);
  expect((await plan(page))[0]!.spec.task).toEqual({ name: 'sine', noise: 0.3 });
  expect(await page.locator('lab-changes button').allInnerTexts()).toEqual(['noise as planned → 0.3']);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await button(page, /only 32 points/).click();
  await page.getByText('Changed, takes effect on restart').waitFor();
  expect(await page.evaluate(() => window.lab.plans.length)).toBe(2);
  await button(page, 'Restart with changes').click();
  await page.waitForFunction(() => window.lab.plans.length === 3);
  expect((await plan(page))[0]!.spec.task).toEqual({ name: 'sine', points: 32 });
  await untilPhase(page, 'finished');
  expect(await calls(page)).toContain('close 1');
  // What is changed while it restarts takes effect at once, and it starts all the same.
  await button(page, 'large').click();
  const opening = await hold(page, 'openExperiment');
  await button(page, 'Restart with changes').click();
  await opening.untilAsked(1);
  await button(page, 'small').click();
  await opening.untilAsked(2);
  await opening.answer();
  await untilPhase(page, 'finished');
});

test('another size is another plan', async () => {
  const page = await open('lesson/learning', FAST);
  await untilPhase(page, 'ready');
  const before = (await plan(page)).length;
  await button(page, 'large').click();
  await page.waitForFunction(() => window.lab.plans.length === 2);
  expect((await plan(page)).length).toBeGreaterThan(before);
});

test('a software GPU begins small, and is named', async () => {
  const page = await open('lesson/learning', { software: true });
  await untilPhase(page, 'ready');
  expect(await button(page, 'small').getAttribute('aria-pressed')).toBe('true');
  await page.getByText('Training on the processor').waitFor();
  expect(await page.getByText('The small size helps.').count()).toBe(0);
  await button(page, 'standard').click();
  await page.getByText('The small size helps.').waitFor();
});

test('the recorded run is that of the size that is set', async () => {
  const page = await open('lesson/learning', { software: true, recorded: 'shipped' });
  await untilPhase(page, 'ready');
  const { device, date } = recordingOf('learning', 'small');
  const saidOf = (device: string, date: string): string =>
    `Recorded run: ${device}, ${new Date(date).toLocaleDateString('en', { dateStyle: 'medium' })}`;
  await page.getByText(saidOf(device, date)).waitFor();
  await button(page, 'standard').click();
  const standard = recordingOf('learning');
  await page.getByText(saidOf(standard.device, standard.date)).waitFor();
});

test('without WebGPU the lesson is still there, and says plainly what to do', async () => {
  const page = await open('lesson/learning', { refuse: { name: 'NoGPUError', message: 'no WebGPU' } });
  await page.getByText('Nothing can be trained in this browser yet').waitFor();
  await page.getByText('Somebody drew a wavy line').waitFor();
  expect(await button(page, 'Run').isDisabled()).toBe(true);
});

test('what the engine refuses is shown in its own words', async () => {
  const page = await open('lesson/learning', {
    refuse: { name: 'SchemaError', message: 'steps: must be an integer' },
  });
  await page.locator('.notice').getByText('steps: must be an integer').waitFor();
});

test('with less motion figures are redrawn about once a second', async () => {
  const page = await open('lesson/learning', { tickMs: 5, stepsPerTick: 5 }, { reducedMotion: 'reduce' });
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.waitForSelector('lab-chart');
  const redrawn = await page.evaluate(async () => {
    const chart = document.querySelector('lab-chart')!;
    let [count, last] = [0, chart.series];
    const end = performance.now() + 2200;
    while (performance.now() < end) {
      await new Promise(requestAnimationFrame);
      if (chart.series[0]?.x.length !== last[0]?.x.length) count++;
      last = chart.series;
    }
    return count;
  });
  expect(redrawn).toBeLessThanOrEqual(3);
});
