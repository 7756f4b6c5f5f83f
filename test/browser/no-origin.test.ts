/**
 * Frames with `sandbox="allow-scripts"` alone have no origin, hence no storage and no files of their own; nor has a page that is opened
 * from a disk.
 */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { tinySpec } from '../support/embed.ts';
import { listen, portOf } from '../support/serve.ts';
import { useSite } from '../support/site.ts';

const site = useSite();
const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 120_000 };

let around: Server;
beforeAll(async () => {
  around = createServer((request, response) => {
    const src = new URL(request.url!, 'http://here').searchParams.get('of') ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><title>A course</title><link rel="icon" href="data:,"><iframe title="lab" sandbox="allow-scripts" width="1200" height="800" src="${src.replaceAll('&', '&amp;')}"></iframe>`,
    );
  });
  await listen(around);
});
afterAll(() => around.close());

/** Any error in the frame fails the test. */
const inFrame = (path: string): Promise<Page> =>
  browser.open(`http://127.0.0.1:${portOf(around)}/?of=${encodeURIComponent(site.address + path)}`);

test('a figure trains', async () => {
  const page = await inFrame(`embed.html?spec=${encodeURIComponent(tinySpec())}`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Run it here' }).click();
  await frame.locator('lab-plan-bar').getByText('finished').waitFor(PATIENCE);
});

test('the whole lab trains, and says that nothing lasts', async () => {
  const page = await inFrame('#/shape');
  const frame = page.frameLocator('iframe');
  await frame.getByText('lets it keep nothing').waitFor();
  await frame.locator('lab-run-bar').getByRole('button', { name: 'Run', exact: true }).click(PATIENCE);
  const step = (): Promise<number> =>
    frame.locator('lab-run-bar').evaluate((bar) => (bar as unknown as { step: number }).step);
  await expect.poll(step, PATIENCE).toBeGreaterThan(5);
});

/** Browsers refuse its modules, and say so. */
const fromDisk = (page: string): Promise<Page> =>
  browser.open(pathToFileURL(join(site.folder, page)).href, {
    expected: /CORS|ERR_FAILED|ERR_FILE_NOT_FOUND/,
  });

test('the lab, opened from a disk, says in both languages that it needs a server', async () => {
  const page = await fromDisk('index.html');
  await page.getByText('Scaling Lab needs a web server: opened as a file').waitFor();
  await page.getByText('规模定律实验室需要一个网页服务器').waitFor();
});
