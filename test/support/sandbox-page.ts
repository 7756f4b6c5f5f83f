/** What the tests of the sandbox share: its page with a pretended lab, and its parts. */
import { deflateRawSync } from 'node:zlib';
import type { LitElement } from 'lit';
import type { Locator, Page } from 'playwright-core';
import { type OpenOptions, useBrowser } from './browser.ts';
import type { FakeOptions } from './fake-lab.ts';

/** Call at the top of a test file. Opens a page with a form, as its address says, and a lab of such options. */
export function useSandbox(): (hash?: string, fake?: FakeOptions, options?: OpenOptions) => Promise<Page> {
  const browser = useBrowser();
  return async (hash = 'sandbox', fake = {}, options = {}) => {
    const query = Object.entries({ stepsPerTick: 100, tickMs: 5, ...fake }).map(
      ([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`,
    );
    const page = await browser.open(`test/support/fake.html?${query.join('&')}#/${hash}`, options);
    await page.waitForSelector('lab-form');
    return page;
  };
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

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

export async function run(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await page.locator('lab-run-bar').getByRole('button').first().click();
  await untilPhase(page, 'finished');
}

export async function openSweep(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await button(page, 'A sweep of many').click();
  await untilPhase(page, 'ready', 'lab-plan-bar');
}

/** As when news of a run come while somebody types. */
export async function renderAnew(page: Page, tag: string): Promise<void> {
  await page.evaluate(async (tag) => {
    const element = document.querySelector<LitElement>(tag)!;
    element.requestUpdate();
    await element.updateComplete;
  }, tag);
}

export const lastSpec = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => window.lab.specs.at(-1) as Record<string, unknown>);
export const rows = (page: Page): Locator => page.locator('lab-runs-table').getByRole('rowheader');
export const pack = (value: unknown): string => deflateRawSync(JSON.stringify(value)).toString('base64url');

export async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}
