/** The path on the first page, a lesson by keyboard, the teacher’s page; axe on all of them. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { LabApp } from '../../src/app/frame/lab-app.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';

const { open } = useLessons();

declare global {
  interface Window {
    /** gives back what `lose` took away */
    found?: () => void;
    /** what waits for the network fails */
    fail?: () => void;
  }
}

/** The prose or the experiment of `mirage` can't be loaded any more, which shows at once or when `fail` is called. */
async function lose(page: Page, part: 'prose' | 'lesson', isSlow = false): Promise<void> {
  await page.evaluate(
    ([part, isSlow]) => {
      const app = document.querySelector<LabApp>('lab-app')!;
      const { services } = app;
      const { curriculum } = services;
      const lost = (): Promise<never> =>
        new Promise((_, reject) => {
          window.fail = () => reject(new Error('no network'));
          if (!isSlow) window.fail();
        });
      const load = (...which: [string, never]): Promise<unknown> =>
        which[0] === 'mirage' ? lost() : curriculum[part](...which);
      app.services = { ...services, curriculum: { ...curriculum, [part]: load } };
      window.found = () => (app.services = services);
    },
    [part, isSlow] as const,
  );
}

test('home leads along the path, and remembers how far one has come', async () => {
  const page = await open('');
  expect(await page.title()).toBe('Scaling Lab');
  expect(await page.locator('.path a').count()).toBe(13);
  const groups = await page.locator('#path ~ h3').allInnerTexts();
  expect(groups).toEqual(['Begin', 'Emergence', 'Laws', 'Costs', 'Your own']);
  expect(await page.locator('.path .n').allInnerTexts()).toEqual(
    Array.from({ length: 13 }, (_, i) => `${i + 1}`),
  );
  await page.getByText('Your GPU: Pretend GPU 7').waitFor();
  expect(await page.evaluate(() => window.lab.openRuns)).toBe(0);
  await page.getByRole('link', { name: /^Begin: What is a loss curve/ }).waitFor();
  await page.evaluate(() =>
    localStorage.setItem(
      'scaling-lab settings',
      '{"progress":{"learning":"checked","emergence-by-size":"run","mirage":"nonsense"}}',
    ),
  );
  await page.reload();
  await page.getByRole('link', { name: /^Continue: Do abilities appear past a size/ }).waitFor();
  expect(await page.locator('.path .t[data-state]').allInnerTexts()).toEqual(['done ✓', 'run']);
  await page.getByRole('link', { name: '1. Learning, done' }).waitFor();
});

test('tabs know of each other how far one has come, and no tab forgets it', async () => {
  const page = await open('');
  const other = await page.context().newPage();
  await other.goto(page.url());
  const save = (progress: string): Promise<void> =>
    other.evaluate((text) => localStorage.setItem('scaling-lab settings', text), `{"progress":${progress}}`);
  await save('{"learning":"checked"}');
  await page.getByRole('link', { name: '1. Learning, done' }).waitFor();
  // The other tab has not heard of its own words: what it saves next has them all the same.
  await other.getByRole('button', { name: 'Projector' }).click();
  await other.getByRole('link', { name: '1. Learning, done' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: '1. Learning, done' }).waitFor();
  expect(await page.getByRole('button', { name: 'Projector' }).getAttribute('aria-pressed')).toBe('true');
});

test('minutes are a guess, then those of this device', async () => {
  const page = await open('');
  const minutes = page.locator('.path a[href="#/lesson/learning"] .t');
  await expect.poll(() => minutes.innerText()).toMatch(/^about \d+ min$/);
  await page.evaluate(() => (location.hash = '#/lesson/learning'));
  await page.getByText('12 s expected here').waitFor();
  await page.evaluate(() => (location.hash = '#/'));
  await expect.poll(() => minutes.innerText()).toMatch(/^\d+ min$/);
  // Other lessons are guessed from its pace.
  expect(await page.locator('.path a[href="#/lesson/mirage"] .t').innerText()).toMatch(/^about \d+ min$/);
});

test.each(['prose', 'lesson'] as const)(
  'a lesson whose %s cannot be loaded says so, and can be tried again',
  async (of) => {
    const page = await open('');
    await lose(page, of);
    await page.evaluate(() => (location.hash = '#/lesson/mirage'));
    await page.getByText('This page could not be loaded').waitFor();
    await page.evaluate(() => window.found!());
    await button(page, 'Try again').click();
    await untilPhase(page, 'ready');
    expect(await button(page, 'Try again').count()).toBe(0);
  },
);

test('a lesson that fails when one has gone back leaves the one that is there alone', async () => {
  const page = await open('lesson/learning', { tickMs: 30, stepsPerTick: 5 });
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'running');
  await lose(page, 'prose', true);
  await page.evaluate(() => (location.hash = '#/lesson/mirage'));
  await page.waitForFunction(() => window.fail);
  await page.goBack();
  await page.waitForFunction(() => document.title.startsWith('What is a loss curve?'));
  await page.evaluate(async () => {
    window.fail!();
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });
  expect(await button(page, 'Try again').count()).toBe(0);
  expect(await page.evaluate(() => document.querySelector('lab-plan-bar')?.phase)).toBe('running');
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

test('the teacher’s page has its contents, and prints without the frame', async () => {
  const page = await open('teacher');
  await button(page, 'Worksheets').click();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Worksheets');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('header.bar').isVisible()).toBe(false);
  expect(await page.locator('.contents').isVisible()).toBe(false);
  expect(await page.getByRole('heading', { name: 'Worksheets' }).isVisible()).toBe(true);
});

test('each line of a plan opens its lesson for a class at its size, and tells what to read out and how long it takes', async () => {
  const page = await open('teacher');
  const first = page.locator('.opens').first();
  await first.getByText('To read out').waitFor();
  await first.getByText(/About \d.*, .*\d.* on a usual laptop/).waitFor();
  expect(await page.locator('.opens').count()).toBe(3 + 7);
  await page.getByRole('link', { name: 'Open for a class: Emergence by size' }).click();
  await page.getByRole('heading', { name: 'Do abilities appear past a size?' }).waitFor();
  expect(await page.getByRole('combobox', { name: /^Size/ }).inputValue()).toBe('small');
  expect(await page.locator('.invite input').inputValue()).toContain(
    '#/join?lesson=emergence-by-size&size=small&class=',
  );
});

test('a worksheet fits a page of A4 in both languages, with axes for the prediction', async () => {
  for (const locale of ['en-US', 'zh-CN']) {
    const page = await open(
      'worksheet?lesson=scaling-laws',
      { ...FAST, recorded: 'shipped' },
      {
        locale,
        // A4 without the margins of a browser, at 96 px an inch.
        viewport: { width: 718, height: 1047 },
      },
    );
    for (const name of EXPERIMENT_NAMES) {
      await page.evaluate((name) => (location.hash = `#/worksheet?lesson=${name}`), name);
      await page.waitForFunction(
        (name) => document.querySelector<HTMLSelectElement>('.sheet select')?.value === name,
        name,
      );
      await page.waitForSelector('.ticks');
      await page.emulateMedia({ media: 'print' });
      const bottom = await page.evaluate(
        () => document.querySelector('.sheet')!.getBoundingClientRect().height,
      );
      expect(bottom, name).toBeLessThan(1047);
      await page.emulateMedia({ media: 'screen' });
    }
    expect(await page.locator('.axes').count()).toBe(1);
    await page.evaluate(() => (location.hash = '#/worksheet?lesson=scaling-laws'));
    await page.waitForSelector('.axes text');
    expect(await violations(page)).toEqual([]);
  }
});

test.each([
  ['en-US', 'light', 390],
  ['en-US', 'dark', 1280],
  ['zh-CN', 'light', 1280],
] as const)(
  'axe finds nothing on a lesson that has run, in %s, %s, %i px; nothing hangs over',
  async (locale, theme, width) => {
    const page = await open('lesson/learning', FAST, {
      locale,
      colorScheme: theme,
      viewport: { width, height: 844 },
    });
    await untilPhase(page, 'ready');
    await button(page, locale === 'zh-CN' ? '运行' : 'Run').click();
    await untilPhase(page, 'finished');
    await page.getByRole('radio').first().check();
    await page.locator('.tables summary').click();
    // Nothing lies half under the bar.
    await page.evaluate(() => scrollTo(0, 0));
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  },
);
