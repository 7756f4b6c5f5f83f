/** A real browser for tests: Chromium driven from here, with the pages as they are built. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { findChromium } from './chromium.ts';

export { findChromium };

export interface OpenOptions extends BrowserContextOptions {
  /** runs before the page's own scripts */
  before?: () => void;
  /** lessons wait for a prediction, as on a first visit; otherwise their answers were seen before */
  waits?: boolean;
  /** errors on the page that are meant to be there */
  expected?: RegExp;
  /** when the page is given to the test: `commit` as soon as anything of it is there, `load` by default */
  waitUntil?: 'commit' | 'load';
}

export interface BrowserTest {
  /** Opens one of the built pages, or any address, in a window of its own; any error that it reports fails the test. */
  open(path: string, options?: OpenOptions): Promise<Page>;
}

/** Call at the top of a test file. `flags` are added to the browser's command line; of the driver's own, some can be left out. */
export function useBrowser(flags: readonly string[] = [], without: readonly string[] = []): BrowserTest {
  let browser: Browser | undefined;
  let errors: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', ...flags],
      ignoreDefaultArgs: [...without],
    });
  });
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const seen = errors;
    errors = [];
    expect(seen, 'errors that the page reported').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  return {
    async open(path, { before, waits = false, expected, waitUntil = 'load', ...options } = {}) {
      const context = await browser!.newContext({
        viewport: { width: 1280, height: 900 },
        // Each window would fetch all pages to keep them; what that is for has tests of its own.
        serviceWorkers: 'block',
        ...options,
      });
      await context.addInitScript(beginAlike);
      if (!waits) await context.addInitScript(seeAnswers, EXPERIMENT_NAMES);
      if (before) await context.addInitScript(before);
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const note = (message: string): void => {
        if (!expected?.test(message)) errors.push(message);
      };
      page.on('pageerror', (error) => note(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') note(message.text());
      });
      await page.goto(new URL(path, inject('pages')).href, { timeout: 60_000, waitUntil });
      return page;
    },
  };
}

/** In the page: the answers of these lessons were seen on an earlier visit. */
function seeAnswers(lessons: readonly string[]): void {
  try {
    const seen = Object.fromEntries(lessons.map((name) => [name, 'open']));
    localStorage.setItem('scaling-lab answers', JSON.stringify(seen));
  } catch {
    // Frames without an origin keep nothing.
  }
}

/** In the page: runs begin with the seed of the recordings, unless the test says otherwise. */
function beginAlike(): void {
  try {
    localStorage.setItem('scaling-lab seed', '{"own":1}');
  } catch {
    // Frames without an origin keep nothing.
  }
}

/** For `before`: the processor trains one run after the other, however many cores there are. */
export function onOneCore(): void {
  localStorage.setItem('scaling-lab settings', JSON.stringify({ cores: 'one', language: 'en' }));
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong with a page, a line each. @param rules only these */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // Not as a tag, which the page's policy would refuse; once for a document, since axe is compiled anew each time.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(axe, 'utf8'));
  return page.evaluate(async (rules) => {
    interface Result {
      violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
    }
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<Result> } };
    const result = await axe.run({
      // Off by default, though WCAG 2.2 asks for it: targets that a finger meets.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
      ...(rules && { runOnly: rules }),
    });
    return result.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help} at ${JSON.stringify(target)} ${failureSummary}`,
      ),
    );
  }, rules);
}
