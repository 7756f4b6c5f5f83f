/** What the tests of the curriculum's pages share: a page with a pretended lab, and its parts. */
import type { Locator, Page } from 'playwright-core';
import { type OpenOptions, useBrowser } from './browser.ts';
import type { FakeOptions } from './fake-lab.ts';

export const FAST: FakeOptions = { tickMs: 2, stepsPerTick: 200 };

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
export const calls = (page: Page): Promise<string[]> => page.evaluate(() => window.lab.calls);
export const verdict = (page: Page): Locator => page.getByTestId('verdict');

export async function untilPhase(page: Page, phase: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector('lab-plan-bar')?.phase === wanted, phase);
}

export interface Lessons {
  open: (hash: string, fake?: FakeOptions, options?: OpenOptions) => Promise<Page>;
  /** A lesson whose experiment is done. */
  finished: (options?: OpenOptions) => Promise<Page>;
}

/** Call at the top of a test file. */
export function useLessons(): Lessons {
  const browser = useBrowser();
  const open: Lessons['open'] = async (hash, fake = {}, options = {}) => {
    const query = Object.entries(fake).map(
      ([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`,
    );
    const page = await browser.open(`test/support/fake.html?${query.join('&')}#/${hash}`, options);
    await page.waitForSelector('h1');
    return page;
  };
  return {
    open,
    async finished(options) {
      const page = await open('lesson/learning', FAST, options);
      await untilPhase(page, 'ready');
      await button(page, 'Run').click();
      await untilPhase(page, 'finished');
      return page;
    },
  };
}
