/** A real browser for tests: Chromium driven from here, with the page served from its sources. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium is. @throws Error that says what to install */
export function findChromium(): string {
  const chosen = process.env.CHROME_PATH;
  const found = chosen ? [chosen] : [...CANDIDATES, chromium.executablePath()];
  const path = found.find(existsSync);
  if (path) return path;
  throw new Error(
    `No Chromium for the browser tests (looked at ${found.join(', ')}). Install Chromium or Chrome, or run \`npx playwright-core install chromium\`, or set CHROME_PATH.`,
  );
}

export interface OpenOptions extends BrowserContextOptions {
  /** runs before the page's own scripts */
  before?: () => void;
}

export interface BrowserTest {
  /** Opens an address of the project in a window of its own; the test fails on any error that the page reports. */
  open(path: string, options?: OpenOptions): Promise<Page>;
}

/** Call at the top of a test file. `flags` are added to the browser's command line. */
export function useBrowser(flags: readonly string[] = []): BrowserTest {
  let server: ViteDevServer | undefined;
  let browser: Browser | undefined;
  let errors: string[] = [];

  beforeAll(async () => {
    server = await createServer({
      logLevel: 'error',
      server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
      // Modules as they are: nothing is bundled ahead, so that files of tests can run side by side.
      optimizeDeps: { noDiscovery: true, include: [] },
    });
    await server.listen();
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', ...flags],
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
    await server?.close();
  });

  return {
    async open(path, { before, ...options } = {}) {
      const context = await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      if (before) await context.addInitScript(before);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      const { port } = server!.httpServer!.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/${path}`, { timeout: 60_000 });
      return page;
    },
  };
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong with a page, a line each. @param rules only these */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async (rules) => {
    interface Result {
      violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
    }
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<Result> } };
    const result = await axe.run({
      // Off by default, though WCAG 2.2 asks for it: targets that a finger meets.
      rules: { 'target-size': { enabled: true } },
      ...(rules && { runOnly: rules }),
    });
    return result.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help} at ${JSON.stringify(target)} ${failureSummary}`,
      ),
    );
  }, rules);
}
