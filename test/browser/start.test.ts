/** `npm start` on a fresh machine: pages from their sources, each loaded once, with nothing found too late. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const cacheDir = mkdtempSync(join(tmpdir(), 'scaling-lab-start-'));
let server: ViteDevServer;

beforeAll(async () => {
  server = await createServer({ cacheDir, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
  await server.listen();
});
afterAll(async () => {
  await server.close();
  rmSync(cacheDir, { recursive: true });
});

test('a page and the worker of its lab are loaded once, and a run trains', async () => {
  const { port } = server.httpServer!.address() as AddressInfo;
  const page = await browser.open(`http://127.0.0.1:${port}/#/shape`);
  let loads = 0;
  page.on('load', () => loads++);
  await page.waitForFunction(() => document.querySelector('lab-run-bar')?.phase === 'ready', undefined, {
    timeout: 90_000,
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('lab-run-bar')!.step > 5, undefined, {
    timeout: 90_000,
  });
  expect(loads).toBe(0);
});
