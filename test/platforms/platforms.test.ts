/**
 * The examples for platforms, each installed from npm, built by its own tool, and opened: `npm run test:platforms`. Apart from the other tests
 * (docs/decisions/0024): they need the registry, and a minute each to install.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { listen, portOf } from '../support/serve.ts';

const INSTALLING_MS = 900_000;
const home = mkdtempSync(join(tmpdir(), 'scaling-lab-platforms-'));
const browser = useBrowser(['--enable-unsafe-webgpu']);
let embed = '';
let server: Server;
/** what the server answers with, before the figure's script */
let folder = '';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

beforeAll(async () => {
  embed = await built('embed');
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url!, 'http://here').pathname).replace(/\/$/, '/index.html');
    for (const root of [folder, embed]) {
      try {
        const content = readFileSync(join(root, path));
        response.writeHead(200, {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          'access-control-allow-origin': '*',
        });
        response.end(content);
        return;
      } catch {
        // The other one may have it.
      }
    }
    response.writeHead(404).end();
  });
  await listen(server);
}, BUILDING_MS);
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(home, { recursive: true, force: true });
});

/** Installs and builds an example. @returns its folder */
async function make(name: string, isBuilt = true): Promise<string> {
  const cwd = join(home, name);
  cpSync(join('examples', name), cwd, { recursive: true });
  const npm = (...args: string[]): Promise<unknown> => promisify(execFile)('npm', args, { cwd });
  await npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
  if (isBuilt) await npm('run', 'build');
  return cwd;
}

async function open(root: string, path = ''): Promise<Page> {
  folder = root;
  const page = await browser.open(`http://127.0.0.1:${portOf(server)}/${path}`, { locale: 'en' });
  await page.locator('scaling-lab .root').first().waitFor();
  return page;
}

/** The figure asks, and says where its curve comes from. */
async function expectAsking(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show me' }).click();
  await page.getByText('Recorded run:').waitFor();
}

test('Eleventy: HTML in Markdown goes through', { timeout: INSTALLING_MS }, async () => {
  const page = await open(join(await make('eleventy'), 'dist'));
  await expectAsking(page);
});

test(
  'VitePress: an element that is no component of Vue’s, with JSON in an attribute',
  { timeout: INSTALLING_MS },
  async () => {
    const page = await open(join(await make('vitepress'), 'dist'));
    await expectAsking(page);
    const prediction = await page.locator('scaling-lab').getAttribute('prediction');
    expect(JSON.parse(prediction!)).toEqual({ kind: 'level', points: [[0, 0.2]] });
  },
);

test('MDX: an expression in an attribute', { timeout: INSTALLING_MS }, async () => {
  const page = await open(join(await make('mdx'), 'dist'));
  await expectAsking(page);
});

test(
  'Observable Framework: a page’s own script sets what is trained, and takes the results',
  { timeout: INSTALLING_MS },
  async () => {
    folder = join(await make('observable'), 'dist');
    const page = await browser.open('about:blank', { locale: 'en' });
    const here = `http://127.0.0.1:${portOf(server)}`;
    await page.route('https://example.org/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: here + pathname }) });
    });
    await page.goto(`${here}/`);
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page
      .locator('#loss')
      .getByText(/^0\.\d+$/)
      .waitFor({ timeout: 120_000 });
  },
);

test(
  'Reveal.js: drawn on a slide that is scaled, and keys of a figure turn no page',
  { timeout: INSTALLING_MS },
  async () => {
    const page = await open(await make('reveal', false), 'slides.html#/1');
    const pen = page.getByRole('slider', { name: /^Your prediction/ });
    await page.getByRole('button', { name: 'That is my prediction' }).focus();
    await pen.press('ArrowDown');
    for (let i = 0; i < 7; i++) await pen.press('Shift+ArrowRight');
    expect(new URL(page.url()).hash).toBe('#/1');
    await page.getByRole('button', { name: 'That is my prediction' }).click();
    await page.getByRole('button', { name: 'Replay the recorded run' }).waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).hash).toBe('#/2');
  },
);
