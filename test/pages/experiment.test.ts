/** The pages with one run and a pretended lab: its course, its knobs, its pictures, and what goes wrong. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, calls, lastSpec, untilPhase, useFakeLab } from '../support/fake-page.ts';
import { hold } from '../support/hold.ts';

const open = useFakeLab();

const step = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('lab-run-bar')!.step);

test('run, pause, go on, reset, step', async () => {
  const page = await open('shape');
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.waitForFunction(() => document.querySelector('lab-run-bar')!.step > 40);
  await button(page, 'Pause').click();
  await untilPhase(page, 'paused');
  const paused = await step(page);
  await page.waitForTimeout(150);
  expect(await step(page)).toBe(paused);
  await button(page, 'Go on').click();
  await page.waitForFunction((before) => document.querySelector('lab-run-bar')!.step > before, paused);
  await button(page, 'Reset').click();
  await untilPhase(page, 'ready');
  expect(await step(page)).toBe(0);
  await button(page, 'Step').click();
  await untilPhase(page, 'paused');
  expect(await step(page)).toBe(1);
  expect(await calls(page)).toEqual(['open', 'run 1', 'pause 1', 'run 1', 'reset 1', 'run 1']);
});

test('knobs turned before the first step change the run at once, and show as chips', async () => {
  const page = await open('shape');
  await untilPhase(page, 'ready');
  await page.getByLabel('shape', { exact: true }).selectOption('rings');
  await page.getByLabel('Add a hidden layer').click();
  await page.getByLabel('Width of hidden layer 1').selectOption('8');
  await page.getByLabel('seed').fill('7');
  await page.getByLabel('seed').press('Enter');
  await page.getByLabel('learning rate').fill('4');
  await page.waitForFunction(
    () => window.lab.specs.at(-1)?.learningRate === 1e-3 && window.lab.openRuns === 1,
  );
  await untilPhase(page, 'ready');
  expect(await lastSpec(page)).toMatchObject({
    task: { name: 'shapes', kind: 'rings' },
    model: { kind: 'mlp', hidden: [8, 32, 32] },
    seed: 7,
    learningRate: 1e-3,
  });
  const chips = await page.locator('lab-changes button').allInnerTexts();
  expect(chips).toContain('learning rate 3e-3 → 1e-3');
  expect(chips).toContain('hidden layers 32·32 → 8·32·32');
});

test('Run is not forgotten: neither for a knob that was turned back, nor for one turned while the run is opened', async () => {
  const page = await open('shape', { stepsPerTick: 50 });
  await untilPhase(page, 'ready');
  const turn = async (seed: string): Promise<void> => {
    await page.getByLabel('seed').fill(seed);
    await page.getByLabel('seed').press('Enter');
  };
  await turn('7');
  await turn('1');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await button(page, 'Reset').click();
  await untilPhase(page, 'ready');
  const opening = await hold(page, 'open');
  await turn('7');
  await opening.untilAsked(1);
  await button(page, 'Run').click();
  await turn('8');
  await opening.untilAsked(2);
  await opening.answer();
  await untilPhase(page, 'finished');
  expect(await lastSpec(page)).toMatchObject({ seed: 8 });
});

test('a number beyond its bounds is brought back into them', async () => {
  const page = await open('shape');
  await page.getByLabel('seed').fill('123456');
  await page.getByLabel('seed').press('Enter');
  expect(await page.getByLabel('seed').inputValue()).toBe('9999');
});

test('a knob turned during training waits for the restart, which closes the old run and keeps its curve', async () => {
  const page = await open('language');
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.waitForFunction(() => document.querySelector('lab-run-bar')!.step > 40);
  await page.getByLabel('learning rate').fill('4');
  await page.getByLabel('heads').fill('0');
  expect(await page.locator('lab-changes button').allInnerTexts()).toEqual([
    'heads 4 → 1',
    'learning rate 3e-3 → 1e-3',
  ]);
  await page.getByRole('button', { name: 'heads 4 → 1' }).click();
  expect(await page.evaluate(() => window.lab.specs.length)).toBe(1);
  await button(page, 'Restart with changes').click();
  await page.waitForFunction(() => window.lab.specs.length === 2);
  await untilPhase(page, 'running');
  expect(await lastSpec(page)).toMatchObject({ learningRate: 1e-3, model: { heads: 4 } });
  expect(await calls(page)).toContain('close 1');
  await page.getByText('previous run, held out').waitFor();
  expect(await page.evaluate(() => window.lab.openRuns)).toBe(1);
});

test('replicas give a band and thin lines', async () => {
  const page = await open('shape');
  await page.getByLabel('replicas').fill('2');
  await page.waitForFunction(() => window.lab.specs.at(-1)?.replicas === 4);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.waitForFunction(() => document.querySelector('lab-run-bar')!.step > 100);
  const series = await page.evaluate(() =>
    document
      .querySelector('lab-chart')!
      .series.map(({ id, thin, band }) => [id, Boolean(thin), Boolean(band)]),
  );
  expect(series.filter(([, thin]) => thin)).toHaveLength(8);
  expect(series.filter(([, , band]) => band).map(([id]) => id)).toEqual(['training', 'validation']);
});

test('removing the element closes its run, also while it is being opened', async () => {
  const page = await open('shape');
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.evaluate(() => document.querySelector('shape-page')!.remove());
  await page.waitForFunction(() => window.lab.openRuns === 0);
  expect(await calls(page)).toContain('close 1');

  const other = await open('language');
  await other.evaluate(() => document.querySelector('language-page')!.remove());
  await other.waitForFunction(() => window.lab.calls.includes('close 1'));
  expect(await other.evaluate(() => window.lab.openRuns)).toBe(0);
});

test('going to another page closes the run; back and forward, titles and focus follow', async () => {
  const page = await open('');
  expect(await page.title()).toBe('Scaling Lab');
  await page.getByRole('link', { name: 'Teach it a shape' }).click();
  await untilPhase(page, 'ready');
  expect(await page.title()).toMatch(/^An MLP learns a shape/);
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.evaluate(() => (location.hash = '#/language'));
  await page.waitForFunction(() => window.lab.calls.includes('close 1'));
  expect(await page.title()).toMatch(/^A transformer learns a language/);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: /MLP/ }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: /transformer/ }).waitFor();
});

test('pictures are asked for one at a time', async () => {
  const page = await open('language', { tickMs: 4, stepsPerTick: 5 });
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.waitForTimeout(800);
  expect(await page.evaluate(() => window.lab.mostViews)).toBe(1);
  expect(await page.locator('lab-samples [part=row]').count()).toBeGreaterThan(2);
});

test('a tab that comes to the front shows the pictures that it left out in the background', async () => {
  const page = await open(
    'shape',
    {},
    {
      before: () => Object.defineProperty(document, 'hidden', { value: true, configurable: true }),
    },
  );
  await page.waitForFunction(() => Boolean(document.querySelector('lab-surface')?.points));
  expect(await page.evaluate(() => window.lab.mostViews)).toBe(0);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForFunction(() => Boolean(document.querySelector('lab-surface')!.surface));
});

test('attention can be read by keyboard, and another layer be chosen', async () => {
  const page = await open('language');
  await untilPhase(page, 'ready');
  const map = page.getByRole('slider', { name: /^Attention/ });
  await page.waitForFunction(() => Boolean(document.querySelector('lab-attention')?.attention));
  await map.focus();
  await map.press('ArrowUp');
  await map.press('ArrowLeft');
  expect(await map.getAttribute('aria-valuetext')).toMatch(
    /^position 30 .* looks at position 29 .*: 0\.\d+$/,
  );
  await page.getByRole('group', { name: 'layer' }).getByRole('button', { name: '2' }).click();
  await page.getByRole('slider', { name: /layer 2/ }).waitFor();
});

test('without WebGPU the page says what to do', async () => {
  const page = await open('shape', { refuse: { name: 'NoGPUError', message: 'no WebGPU' } });
  await page.getByText('Nothing can be trained in this browser yet').waitFor();
  expect(await button(page, 'Run').isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
});

test('what the engine refuses is shown in its own words', async () => {
  const page = await open('shape', { refuse: { name: 'SchemaError', message: 'batch: must be an integer' } });
  await page.locator('.notice').getByText('batch: must be an integer').waitFor();
  await button(page, 'Run again').click();
  await page.waitForFunction(() => window.lab.calls.filter((call) => call === 'open').length === 2);
});

test('a run that diverges says at which step, keeps its curve, and can run again', async () => {
  const page = await open('shape', { divergeAt: 50 });
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'diverged');
  await page.locator('.notice').getByText('not finite at step 50').waitFor();
  await page.getByRole('status').getByText('Diverged').waitFor({ state: 'attached' });
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.series[0]!.y.length)).toBeGreaterThan(
    40,
  );
  expect(await button(page, 'Run again').isEnabled()).toBe(true);
});

test('on a software GPU, which is named, the sizes are small, and offered again to who chose others', async () => {
  const page = await open('language', { software: true });
  await page.locator('.notice[data-kind=slow]').waitFor();
  await untilPhase(page, 'ready');
  const widths = (): Promise<number[]> =>
    page.evaluate(() => window.lab.specs.map(({ model }) => (model as { width: number }).width));
  expect(await widths()).toEqual([32]);
  expect(await button(page, 'Use small sizes').count()).toBe(0);
  await page.getByLabel('width').fill('3');
  await expect.poll(async () => (await widths()).at(-1)).toBe(128);
  await button(page, 'Use small sizes').click();
  await expect.poll(async () => (await widths()).at(-1)).toBe(32);
});

test('a replica that diverged is named with its step, in the bar and aloud; numbers are of the others', async () => {
  const page = await open('sandbox', { stepsPerTick: 200, divergeAt: 3, divergeReplica: 2 });
  await untilPhase(page, 'ready');
  await page.evaluate(() => {
    const place = document.querySelector('sandbox-run')!;
    place.spec = { ...place.spec!, replicas: 3, learningRates: [0.01, 0.01, 100] };
  });
  await page.waitForFunction(() => window.lab.specs.at(-1)?.replicas === 3);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  const words = '1 of 3 replicas diverged (replica 2 at step 3); numbers are of the others';
  await page.locator('lab-run-bar').getByText(words).waitFor();
  await page.getByText(`${words}.`).first().waitFor({ state: 'attached' });
  expect(await page.locator('.verdict').first().innerText()).not.toMatch(/–|NaN|Infinity/);
  expect(await violations(page)).toEqual([]);
});
