/**
 * Every page as it ships, in both languages, light and dark, on a phone and a projector: nothing that axe finds, a
 * title and a description of its own, targets that a finger meets, nothing that leaves the screen sideways.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EXPERIMENT_NAMES, LESSON_NAMES } from '../../src/lessons/path.ts';
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

/** Nothing of it leaves the screen sideways. A chart takes a frame or two to follow its width. */
async function expectWhole(page: Page, name: string): Promise<void> {
  await expect.poll(() => overflow(page), { message: `${name} sideways` }).toBeLessThanOrEqual(0);
}

/** How many parts of the page stay in the window while the rest goes by. */
const stuck = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('header, main *')].filter((element) =>
        ['sticky', 'fixed'].includes(getComputedStyle(element).position),
      ).length,
  );

/**
 * Each page in both languages, in both colour schemes and in both widths, by pairs: colours do not depend on the language.
 */
const VISITORS = [
  { locale: 'en', colorScheme: 'light', viewport: DESK },
  { locale: 'zh-CN', colorScheme: 'dark', viewport: PHONE },
] as const;

test.each(VISITORS)('nothing that axe finds, in $locale, $colorScheme', async (visitor) => {
  const isEnglish = visitor.locale === 'en';
  const page = await browser.open(ADDRESS, visitor);
  const titles = new Map<string, string>();
  for (const name of PAGES) {
    await visit(page, name);
    await expectWhole(page, name);
    expect(await violations(page), name).toEqual([]);
    const description = await page.getAttribute('meta[name="description"]', 'content');
    expect(description!.length, `description of ${name}`).toBeGreaterThan(isEnglish ? 30 : 12);
    titles.set(await page.title(), name);
  }
  expect(titles.size).toBe(PAGES.length);
  expect(await page.getAttribute('html', 'lang')).toBe(isEnglish ? 'en' : 'zh-Hans');
  // What was light becomes dark while it is looked at, and the other way round.
  await page.emulateMedia({ colorScheme: isEnglish ? 'dark' : 'light' });
  await visit(page, 'lesson/learning');
  expect(await violations(page)).toEqual([]);
});

test.each(VISITORS)('nor while answers wait for a prediction, in $locale, $colorScheme', async (visitor) => {
  const page = await browser.open(ADDRESS, { ...visitor, waits: true });
  for (const name of EXPERIMENT_NAMES) {
    await visit(page, `lesson/${name}`);
    await page.waitForSelector('.asking');
    expect(await violations(page), name).toEqual([]);
  }
});

test('a projector shows every page whole', async () => {
  const page = await browser.open(ADDRESS, { viewport: DESK, locale: 'en' });
  await page.getByRole('button', { name: 'Projector' }).click();
  for (const name of PAGES) {
    await visit(page, name);
    await expectWhole(page, name);
    expect(await violations(page, ['target-size', 'color-contrast']), name).toEqual([]);
  }
});

test.each([true, false])(
  'answers wait: %s; on a phone, and at four times the size, nothing leaves the window sideways, and what sticks to its edge leaves room',
  async (waits) => {
    const page = await browser.open(ADDRESS, { viewport: ZOOMED, locale: 'en', waits });
    for (const name of waits ? PAGES.filter((page) => page.startsWith('lesson/')) : PAGES) {
      await page.setViewportSize(ZOOMED);
      await visit(page, name);
      await expectWhole(page, name);
      expect(await stuck(page), `${name} has at its edges`).toBe(0);
      await page.setViewportSize(PHONE);
      await expectWhole(page, name);
    }
  },
);
