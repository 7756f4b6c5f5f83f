/** The curriculum with a pretended lab: home, a lesson from its question to its check, the teacher's page. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type OpenOptions, useBrowser, violations } from '../support/browser.ts';
import type { FakeOptions } from '../support/fake-lab.ts';

const browser = useBrowser();

async function open(hash: string, fake: FakeOptions = {}, options: OpenOptions = {}): Promise<Page> {
  const query = Object.entries(fake).map(
    ([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`,
  );
  const page = await browser.open(`test/support/fake.html?${query.join('&')}#/${hash}`, options);
  await page.waitForSelector('h1');
  return page;
}

const FAST: FakeOptions = { tickMs: 2, stepsPerTick: 200 };

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const calls = (page: Page): Promise<string[]> => page.evaluate(() => window.lab.calls);

async function untilPhase(page: Page, phase: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector('lab-plan-bar')?.phase === wanted, phase);
}

/** A lesson whose experiment is done. */
async function finished(options: OpenOptions = {}): Promise<Page> {
  const page = await open('lesson/learning', FAST, options);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  return page;
}

const verdict = (page: Page): Locator => page.getByTestId('verdict');
const plan = (page: Page): Promise<{ key: string; spec: Record<string, unknown> }[]> =>
  page.evaluate(() => window.lab.plans.at(-1) as { key: string; spec: Record<string, unknown> }[]);

test('home leads along the path, and remembers how far one has come', async () => {
  const page = await open('');
  expect(await page.title()).toBe('Scaling Lab');
  expect(await page.locator('.path a').count()).toBe(13);
  await page.getByText('Your GPU: Pretend GPU 7').waitFor();
  expect(await page.evaluate(() => window.lab.openRuns)).toBe(0);
  await page.getByRole('link', { name: /^Begin: What does the GPU do/ }).waitFor();
  await page.evaluate(() =>
    localStorage.setItem(
      'scaling-lab settings',
      '{"progress":{"kernels":"checked","learning":"run","mirage":"nonsense"}}',
    ),
  );
  await page.reload();
  await page.getByRole('link', { name: /^Continue: What is a loss curve/ }).waitFor();
  expect(await page.locator('.path .t[data-state]').allInnerTexts()).toEqual(['done ✓', 'run']);
  await page.getByRole('link', { name: '1. Kernels, done' }).waitFor();
});

test('a lesson runs to its verdict: runs are marked, the text takes the numbers, home knows', async () => {
  const page = await open('lesson/learning', { tickMs: 10 });
  await untilPhase(page, 'ready');
  await page.getByText('takes about 12 s here').waitFor();
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
  await page.getByText('Recorded run: Recorder 3000, Nov 20, 2026.').waitFor();
  expect(await verdict(page).locator('b').innerText()).toBe('What the recorded run says');
  expect(await page.locator('.value[data-own]').count()).toBe(0);
  const colors = (): Promise<string[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ color }) => color));
  expect(await colors()).toContain('c1');
  await untilPhase(page, 'ready');
  const recorded = (await colors()).length;
  await button(page, 'Run').click();
  await page.getByText('Grey: the recorded run, Recorder 3000').waitFor();
  await expect.poll(async () => (await colors()).length).toBeGreaterThan(recorded);
  expect((await colors()).slice(0, recorded)).toEqual(Array.from({ length: recorded }, () => 'ink-3'));
});

test('without WebGPU the recorded run is shown, and can be predicted on', async () => {
  const page = await open('lesson/learning', {
    recorded: true,
    refuse: { name: 'NoGPUError', message: 'no WebGPU' },
  });
  await page.getByText('Nothing can be trained in this browser yet').waitFor();
  await page.getByText('Recorded run: Recorder 3000').waitFor();
  await button(page, 'Draw it on the chart').click();
  await expect.poll(() => page.getByRole('slider', { name: /Your prediction/ }).count()).toBe(5);
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
  expect((await calls(page)).filter((call) => /^(skip|reset)/.test(call))).toEqual([
    'skipExperiment 1',
    'resetExperiment 1',
  ]);
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
  expect(await calls(page)).toContain('closeExperiment 1');
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
  await page.getByText('SwiftShader computes on the CPU').waitFor();
});

test('a prediction is drawn with pointer or keys, stays, and can be taken back', async () => {
  const page = await finished();
  await button(page, 'Draw it on the chart').click();
  const handles = page.getByRole('slider', { name: /Your prediction, point/ });
  await expect.poll(() => handles.count()).toBe(5);
  const read = (): Promise<number[]> =>
    page.evaluate(() => document.querySelector('lab-chart')!.prediction!.points.map(([, y]) => y));
  const start = await read();
  await handles.first().focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  const lifted = await read();
  expect(lifted[0]!).toBeGreaterThan(start[0]!);
  expect(lifted.slice(1)).toEqual(start.slice(1));
  const box = (await handles.nth(4).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 4 });
  await page.mouse.up();
  const dragged = await read();
  expect(dragged[4]!).toBeLessThan(start[4]!);
  await button(page, 'That is my prediction').click();
  await expect.poll(() => handles.count()).toBe(0);
  await page.reload();
  await button(page, 'Change it').waitFor();
  await button(page, 'Take it back').click();
  await button(page, 'Draw it on the chart').waitFor();
  expect(await page.evaluate(() => localStorage.getItem('scaling-lab predictions'))).toBe('{}');
});

test('a plain number is drawn on no axis: it stands beside the verdict', async () => {
  const page = await open('lesson/kernels', { recorded: 'shipped' });
  await page.getByText('It lies on no axis').waitFor();
  expect(await button(page, /on the chart$/).count()).toBe(0);
  const field = page.getByLabel('Your number');
  await field.fill('4');
  await field.press('Enter');
  await page.getByText('Your prediction stands beside the verdict').waitFor();
  expect(await verdict(page).locator('.against').innerText()).toMatch(
    /^You predicted 4×; the recorded run gave \d+(\.\d+)?×\.$/,
  );
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.prediction)).toBeUndefined();
  expect(await page.evaluate(() => localStorage.getItem('scaling-lab predictions'))).toContain('[[0,4]]');
  await button(page, 'Take it back').click();
  expect(await verdict(page).locator('.against').count()).toBe(0);
});

test('a prediction is drawn on the figure that has its axis, and on no other', async () => {
  const page = await open('lesson/efficiency-times-time', { recorded: 'shipped' });
  const drawn = (): Promise<[string, string | undefined]> =>
    page.evaluate(() => {
      const { yLabel, prediction } = document.querySelector('lab-chart')!;
      return [yLabel, prediction?.kind];
    });
  expect(await drawn()).toEqual(['loss, nats', undefined]);
  await button(page, 'Set the line on the chart').click();
  const handle = page.getByRole('slider', { name: /Your prediction/ });
  await handle.waitFor();
  expect(await drawn()).toEqual(['efficiency, Adam = 1', 'level']);
  const before = await handle.getAttribute('aria-valuenow');
  expect(Number(before)).toBeGreaterThan(0);
  expect(Number(before)).toBeLessThan(20);
  await handle.press('ArrowUp');
  expect(Number(await handle.getAttribute('aria-valuenow'))).toBeGreaterThan(Number(before));
  await button(page, 'That is my prediction').click();
  await button(page, 'Data').click();
  await expect.poll(drawn).toEqual(['loss, nats', undefined]);
  expect(await verdict(page).locator('.against').innerText()).toContain('the recorded run gave 0.344');
});

test('words point at the figure, and say what they mean', async () => {
  const page = await finished();
  await button(page, 'noise floor').click();
  expect(await button(page, 'noise floor').getAttribute('aria-pressed')).toBe('true');
  await page.getByText('come close to the variance of the noise').waitFor();
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.emphasis)).toBeTruthy();
  await button(page, 'noise floor').click();
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.emphasis)).toBeUndefined();
});

test('the check waits for the numbers, then judges by them; the reason is shown either way', async () => {
  const page = await open('lesson/learning', FAST);
  await untilPhase(page, 'ready');
  const answers = page.getByRole('radio');
  expect(await page.locator('.reason').isHidden()).toBe(true);
  await answers.nth(1).check();
  await page.getByText('your own numbers will decide').waitFor();
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await page.getByText('Your run says otherwise').waitFor();
  expect(await page.locator('.answers [data-state=right]').count()).toBe(1);
  await page.locator('.answers [data-state=right]').click();
  await page.getByText('Your run agrees.').waitFor();
  expect(await page.locator('.reason').innerText()).toContain('was stopped, not finished');
});

test('the language is the visitor’s, can be switched, and is remembered; a run goes on', async () => {
  const page = await open('lesson/learning', { tickMs: 30, stepsPerTick: 20 }, { locale: 'zh-CN' });
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
  await page.getByRole('heading', { name: '什么是损失曲线？' }).waitFor();
  await untilPhase(page, 'ready');
  await button(page, '运行').click();
  await page.waitForFunction(() => (document.querySelector('lab-plan-bar')!.progress?.step ?? 0) > 40);
  await button(page, 'English').click();
  await page.getByRole('heading', { name: 'What is a loss curve?' }).waitFor();
  await page.getByText('Somebody drew a wavy line').waitFor();
  await button(page, 'Pause').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.title()).toMatch(/^What is a loss curve/);
  expect((await calls(page)).filter((call) => call === 'openExperiment')).toHaveLength(1);
  await page.reload();
  await page.getByRole('heading', { name: 'What is a loss curve?' }).waitFor();
});

test('no English is left on a page in Chinese', async () => {
  const page = await open('lesson/learning', FAST, { locale: 'zh-CN' });
  await untilPhase(page, 'ready');
  await button(page, '运行').click();
  await untilPhase(page, 'finished');
  const left = async (): Promise<string[]> => {
    const text = await page.locator('body').innerText();
    const known =
      /^(GFLOP|token|log|PNG|CSV|English|Pretend|GPU|Adam|Kingma|Ba|loss|noise|held|out|sin|MLP|Transformer|WebGPU)$/i;
    return [...new Set(text.match(/[A-Za-z]{3,}/g))].filter((word) => !known.test(word));
  };
  expect(await left()).toEqual([]);
  await page.evaluate(() => (location.hash = '#/'));
  await page.waitForSelector('home-page');
  expect(await left()).toEqual([]);
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

test('a whole lesson by keyboard alone', async () => {
  const page = await open('lesson/learning', FAST);
  await untilPhase(page, 'ready');
  /** Presses Tab until the thing with this name has the focus; shadow roots included. */
  const reach = async (name: RegExp): Promise<void> => {
    for (let i = 0; i < 90; i++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return (
          element?.getAttribute('aria-label') ??
          element?.closest('label')?.textContent ??
          element?.textContent ??
          ''
        ).trim();
      });
      if (name.test(label)) return;
    }
    throw new Error(`${String(name)} is not reached`);
  };
  await reach(/^Skip to the content$/);
  await page.keyboard.press('Enter');
  await reach(/^Run$/);
  await page.keyboard.press('Enter');
  await untilPhase(page, 'finished');
  await reach(/^large$/);
  await reach(/^Draw it on the chart$/);
  await page.keyboard.press('Enter');
  await reach(/^noise floor$/);
  await page.keyboard.press('Enter');
  await page.getByText('come close to the variance').waitFor();
  await reach(/still well above/);
  await page.keyboard.press('ArrowDown');
  await page.locator('.reason .note').waitFor();
  await reach(/^Next: /);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Do abilities appear past a size?' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
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

test('the teacher’s page has its contents, and prints without the frame', async () => {
  const page = await open('teacher');
  await button(page, 'Worksheet').click();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Worksheet');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('header.bar').isVisible()).toBe(false);
  expect(await page.locator('.contents').isVisible()).toBe(false);
  expect(await page.getByRole('heading', { name: 'Worksheet' }).isVisible()).toBe(true);
});

test.each([
  ['', 'en-US', 'light', 1280],
  ['', 'zh-CN', 'dark', 390],
  ['lesson/learning', 'en-US', 'light', 390],
  ['lesson/learning', 'en-US', 'dark', 1280],
  ['lesson/learning', 'zh-CN', 'light', 1280],
  ['lesson/the-bill', 'zh-CN', 'dark', 390],
  ['teacher', 'en-US', 'dark', 1280],
  ['teacher', 'zh-CN', 'light', 390],
] as const)(
  'axe finds nothing on #/%s in %s, %s, %i px; nothing hangs over',
  async (hash, locale, theme, width) => {
    const page = await open(hash, FAST, {
      locale,
      colorScheme: theme,
      viewport: { width, height: 844 },
    });
    if (hash.startsWith('lesson')) await untilPhase(page, 'ready');
    if (hash === 'lesson/learning') {
      await button(page, locale === 'zh-CN' ? '运行' : 'Run').click();
      await untilPhase(page, 'finished');
      await page.locator('.prediction-panel .pill').click();
      await page.getByRole('radio').first().check();
      await page.locator('.tables summary').click();
    }
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  },
);
