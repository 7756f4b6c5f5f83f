/** Where nothing but the processor trains, a lesson's page comes together without moving what is read already. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer']);

/** Sum of what has moved without a press, as a share of the window (Web Vitals' "cumulative layout shift"). */
const MOST = 0.05;

interface Shifts {
  shifts: { share: number; of: string }[];
}

function watch(): void {
  const { shifts } = Object.assign(window, { shifts: [] } as Shifts);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput, sources } = entry as unknown as {
        value: number;
        hadRecentInput: boolean;
        sources: { node?: Element | null }[];
      };
      const of = sources.map(({ node }) => node?.className ?? node?.localName ?? '?').join(', ');
      if (!hadRecentInput) shifts.push({ share: value, of });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

const moved = (page: Page): Promise<Shifts['shifts']> =>
  page.evaluate(() => (window as unknown as Shifts).shifts);

const SIZES = { laptop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };

test.each(Object.entries(SIZES))('on a %s', async (_name, viewport) => {
  for (const [lesson, waits] of [
    ['learning', true],
    ['emergence-in-time', false],
    ['kernels', true],
  ] as const) {
    const page = await browser.open(`#/lesson/${lesson}`, { viewport, waits, before: watch });
    await page.locator('details.slow, [data-testid="no-kernels"]').waitFor();
    if (!waits) await page.locator('lab-inside').waitFor();
    // What was drawn then has been seen.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    const shifts = await moved(page);
    const sum = shifts.reduce((all, { share }) => all + share, 0);
    expect(sum, `${lesson}: ${JSON.stringify(shifts)}`).toBeLessThanOrEqual(MOST);
    await page.context().close();
  }
});
