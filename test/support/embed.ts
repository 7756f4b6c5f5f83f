/** The built script of embedded figures, served to pages that a test makes up. */
import { createServer, type Server } from 'node:http';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { findChromium } from './browser.ts';
import { built, BUILDING_MS } from './built.ts';
import { listen, portOf, sendFile } from './serve.ts';

export interface MadePage {
  html: string;
  /** of the page itself, such as its policy */
  headers?: Record<string, string>;
}

/** A server of a folder, and of pages by their path. */
export async function serve(folder: string, pages: ReadonlyMap<string, MadePage>): Promise<Server> {
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url!, 'http://here').pathname);
    if (page) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
      response.end(page.html);
    } else sendFile(folder, request, response);
  });
  await listen(server);
  return server;
}

export interface EmbedOptions extends BrowserContextOptions {
  headers?: Record<string, string>;
  /** runs before the page's own scripts */
  before?: () => void;
  /** errors on the page that are meant to be there */
  expected?: RegExp;
  /** addresses whose files do not come */
  refuse?: RegExp;
}

export interface EmbedTest {
  /** The folder of the build. */
  readonly folder: string;
  /** Where the script comes from. */
  readonly origin: string;
  /** Opens a page with this in its body; its scripts come from another origin. `ORIGIN` stands for that. */
  open(body: string, options?: EmbedOptions): Promise<Page>;
}

/** The tag that loads the element, as authors write it. */
export const SCRIPT = '<script type="module" src="ORIGIN/scaling-lab.js"></script>';

/** Call at the top of a test file. */
export function useEmbed(flags: readonly string[] = []): EmbedTest {
  let folder: string;
  const pages = new Map<string, MadePage>();
  let servers: Server[] = [];
  let browser: Browser | undefined;
  let errors: string[] = [];
  let count = 0;

  beforeAll(async () => {
    folder = await built('embed');
    servers = [await serve(folder, pages), await serve(folder, new Map())];
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', ...flags],
    });
  }, BUILDING_MS);
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const seen = errors;
    errors = [];
    expect(seen, 'errors that the page reported').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
  });

  const origin = (): string => `http://127.0.0.1:${portOf(servers[1]!)}`;
  return {
    get folder() {
      return folder;
    },
    get origin() {
      return origin();
    },
    async open(body, { before, headers, expected, refuse, ...options } = {}) {
      const context = await browser!.newContext({ viewport: { width: 900, height: 700 }, ...options });
      if (before) await context.addInitScript(before);
      if (refuse) await context.route(refuse, (route) => route.abort());
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const note = (message: string): void => {
        if (!expected?.test(message)) errors.push(message);
      };
      page.on('pageerror', (error) => note(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') note(message.text());
      });
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
      const path = `/page-${++count}`;
      pages.set(path, { html: html.replaceAll('ORIGIN', origin()), ...(headers && { headers }) });
      await page.goto(`http://127.0.0.1:${portOf(servers[0]!)}${path}`);
      return page;
    },
  };
}

/** A run so small that a CPU does it in a second. */
export const tinySpec = (steps = 40, seed = 1): string =>
  JSON.stringify({
    task: { name: 'sine' },
    model: { kind: 'mlp', hidden: [8], activation: 'tanh' },
    batch: 64,
    learningRate: 0.03,
    steps,
    seed,
  });
