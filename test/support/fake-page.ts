/** What tests of pages with a pretended lab share. */
import type { Locator, Page } from 'playwright-core';
import { type OpenOptions, useBrowser } from './browser.ts';
import type { FakeOptions } from './fake-lab.ts';

export type OpenFake = (hash: string, fake?: FakeOptions, options?: OpenOptions) => Promise<Page>;

/**
 * Call at the top of a test file. Opens the page that a hash names, with a lab of such options.
 * @param landmark a selector: once it is there, the test goes on
 */
export function useFakeLab(landmark = 'h1'): OpenFake {
  const browser = useBrowser();
  return async (hash, fake = {}, options = {}) => {
    const query = Object.entries(fake).map(
      ([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`,
    );
    const page = await browser.open(`test/support/fake.html?${query.join('&')}#/${hash}`, options);
    await page.waitForSelector(landmark);
    return page;
  };
}

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
export const calls = (page: Page): Promise<string[]> => page.evaluate(() => window.lab.calls);
export const lastSpec = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => window.lab.specs.at(-1) as Record<string, unknown>);

/** Waits for a phase of the bar of one run, or of that of a plan. */
export async function untilPhase(
  page: Page,
  phase: string,
  bar: 'lab-run-bar' | 'lab-plan-bar' = 'lab-run-bar',
): Promise<void> {
  await page.waitForFunction(
    ([bar, phase]) => (document.querySelector(bar!) as { phase?: string } | null)?.phase === phase,
    [bar, phase],
  );
}
