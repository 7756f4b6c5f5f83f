/**
 * Vitest's global set-up for tests in a browser: a server of the project's pages, as `npm run build` makes them, and of
 * the tests' own beside them. They are built once, when a test asks for the first of them; so is a whole site.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPage, buildSite } from './build.ts';
import { listen, portOf, sendFile } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** address of the pages, without a slash at its end */
    pages: string;
    /** what answers with the folder of a whole site, built when the first test asks */
    site: string;
  }
}

const PAGES = ['index.html', 'test/support/fake.html', 'test/support/components.html'];
const SITE = '/site-folder';

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-pages-'));
  const site = mkdtempSync(join(tmpdir(), 'scaling-lab-site-'));
  let built: Promise<void> | undefined;
  let siteBuilt: Promise<void> | undefined;
  const server = createServer((request, response) => {
    const failed = (error: unknown): void => void response.writeHead(500).end(String(error));
    if (request.url === SITE) {
      siteBuilt ??= buildSite(site);
      siteBuilt.then(() => response.end(site), failed);
      return;
    }
    built ??= buildPage({ outDir, rolldownOptions: { input: PAGES } });
    built.then(() => sendFile(outDir, request, response), failed);
  });
  await listen(server);
  provide('pages', `http://127.0.0.1:${portOf(server)}`);
  provide('site', `http://127.0.0.1:${portOf(server)}${SITE}`);
  return () => {
    server.close();
    server.closeAllConnections();
    for (const folder of [outDir, site]) rmSync(folder, { recursive: true });
  };
}
