/** What the tests of the curriculum's pages share: a page with a pretended lab, and its parts. */
import type { Locator, Page } from 'playwright-core';
import type { OpenOptions } from './browser.ts';
import type { FakeOptions } from './fake-lab.ts';
import { button, type OpenFake, untilPhase as untilPhaseOf, useFakeLab } from './fake-page.ts';

export { button, calls } from './fake-page.ts';

export const FAST: FakeOptions = { tickMs: 2, stepsPerTick: 200 };

export const verdict = (page: Page): Locator => page.getByTestId('verdict');

export const untilPhase = (page: Page, phase: string): Promise<void> =>
  untilPhaseOf(page, phase, 'lab-plan-bar');

export interface Lessons {
  open: OpenFake;
  /** A lesson whose experiment is done. */
  finished: (options?: OpenOptions) => Promise<Page>;
}

/** Call at the top of a test file. */
export function useLessons(): Lessons {
  const open = useFakeLab();
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
