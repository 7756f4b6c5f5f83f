/** What the tests of the sandbox share: its page with a pretended lab, and its parts. */
import { deflateRawSync } from 'node:zlib';
import type { LitElement } from 'lit';
import type { Locator, Page } from 'playwright-core';
import { button, type OpenFake, untilPhase, useFakeLab } from './fake-page.ts';

export { button, lastSpec, untilPhase } from './fake-page.ts';

/** Call at the top of a test file. Opens the sandbox, or another page with a form, with a lab of such options. */
export function useSandbox(): (...args: Partial<Parameters<OpenFake>>) => Promise<Page> {
  const open = useFakeLab('lab-form');
  return (hash = 'sandbox', fake = {}, options = {}) =>
    open(hash, { stepsPerTick: 100, tickMs: 5, ...fake }, options);
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

export const rows = (page: Page): Locator => page.locator('lab-runs-table').getByRole('rowheader');
export const pack = (value: unknown): string => deflateRawSync(JSON.stringify(value)).toString('base64url');

export async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}
