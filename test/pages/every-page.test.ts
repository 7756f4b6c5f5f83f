/**
 * Every page as it ships, in both languages, light and dark, on a phone and a projector: nothing that axe finds, a
 * title and a description of its own, targets that a finger meets, nothing that leaves the screen sideways.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { LESSON_NAMES } from '../../src/lessons/path.ts';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();
/** With a lab that answers at once: what is looked at here does not depend on the engine. */
const ADDRESS = 'test/support/fake.html?recorded=%22shipped%22#/';

const PAGES = [
  '',
  ...LESSON_NAMES.map((name) => `lesson/${name}`),
  'teacher',
  'worksheet',
  'network',
  'class',
  'join',
  'glossary',
  'shape',
  'language',
  'bench',
];
/** As long as a page, or what sticks to its lower edge would hide a part of it from axe. */
const PHONE = { width: 390, height: 6000 };
const DESK = { width: 1440, height: 900 };
/** A window of 1280 × 1024 at 400%. */
const ZOOMED = { width: 320, height: 256 };

/** Goes to a page and waits until its texts and its figure are there. */
async function visit(page: Page, name: string): Promise<void> {
  await page.evaluate((name) => (location.hash = `#/${name}`), name);
  const content =
    name === '' ? 'home-page h1' : ['teacher', 'glossary'].includes(name) ? `${name}-page h2` : `main h1`;
  await page.waitForSelector(content);
  if (name.startsWith('lesson/') && name !== 'lesson/sandbox') {
    await page.waitForSelector('lesson-page lab-prose');
    await page.waitForSelector('lesson-page lab-chart, lesson-page .details table');
  }
  if (name === 'lesson/sandbox') await page.waitForSelector('sandbox-page lab-form');
  // Charts and pictures draw in the frame after.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** How many parts of the page stay in the window while the rest goes by. */
const stuck = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('header, main *')].filter((element) =>
        ['sticky', 'fixed'].includes(getComputedStyle(element).position),
      ).length,
  );

test.each(['en', 'zh-CN'])(
  'nothing that axe finds, in %s, light and dark',
  { timeout: 300_000 },
  async (locale) => {
    const page = await browser.open(ADDRESS, { locale, viewport: DESK });
    const titles = new Map<string, string>();
    for (const name of PAGES) {
      await visit(page, name);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${name} ${colorScheme}`).toEqual([]);
      }
      const description = await page.getAttribute('meta[name="description"]', 'content');
      expect(description!.length, `description of ${name}`).toBeGreaterThan(locale === 'en' ? 30 : 12);
      titles.set(await page.title(), name);
    }
    expect(titles.size).toBe(PAGES.length);
    expect(await page.getAttribute('html', 'lang')).toBe(locale === 'en' ? 'en' : 'zh-Hans');
  },
);

test('nor while answers wait for a prediction', { timeout: 300_000 }, async () => {
  for (const locale of ['en', 'zh-CN']) {
    const page = await browser.open(ADDRESS, { locale, viewport: DESK, waits: true });
    for (const name of LESSON_NAMES.filter((lesson) => lesson !== 'sandbox')) {
      await visit(page, `lesson/${name}`);
      await page.waitForSelector('.asking');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${name} ${locale} ${colorScheme}`).toEqual([]);
      }
    }
    await page.context().close();
  }
});

test('a phone and a projector show every page whole', { timeout: 300_000 }, async () => {
  for (const [projector, viewport] of [
    [false, PHONE],
    [true, DESK],
  ] as const) {
    const page = await browser.open(ADDRESS, { viewport, locale: 'en' });
    if (projector) await page.getByRole('button', { name: 'Projector' }).click();
    for (const name of PAGES) {
      await visit(page, name);
      // A chart takes a frame or two to follow its width.
      await expect.poll(() => overflow(page), { message: `${name} sideways` }).toBeLessThanOrEqual(0);
      expect(await violations(page, ['target-size', 'color-contrast']), name).toEqual([]);
    }
  }
});

test(
  'at 400% nothing leaves the window sideways, and what sticks to its edge leaves room',
  { timeout: 300_000 },
  async () => {
    for (const waits of [true, false]) {
      const page = await browser.open(ADDRESS, { viewport: ZOOMED, locale: 'en', waits });
      for (const name of waits ? PAGES.filter((page) => page.startsWith('lesson/')) : PAGES) {
        await visit(page, name);
        await expect.poll(() => overflow(page), { message: `${name} sideways` }).toBeLessThanOrEqual(0);
        expect(await stuck(page), `${name} has at its edges`).toBe(0);
      }
      await page.context().close();
    }
  },
);
