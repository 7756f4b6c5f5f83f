/**
 * Vitest's global set-up for tests in a browser: a server of the project's pages, as `npm run build` makes them, and of
 * the tests' own beside them. They are built once, when a test asks for the first of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPage } from './build.ts';
import { listen, portOf, sendFile } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** address of the pages, without a slash at its end */
    pages: string;
  }
}

const PAGES = ['index.html', 'test/support/fake.html', 'test/support/components.html'];

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-pages-'));
  let built: Promise<void> | undefined;
  const server = createServer((request, response) => {
    built ??= buildPage({ outDir, rolldownOptions: { input: PAGES } });
    built.then(
      () => sendFile(outDir, request, response),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await listen(server);
  provide('pages', `http://127.0.0.1:${portOf(server)}`);
  return () => {
    server.close();
    server.closeAllConnections();
    rmSync(outDir, { recursive: true });
  };
}
