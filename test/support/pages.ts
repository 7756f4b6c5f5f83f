/**
 * Vitest's global set-up for tests in a browser: a server of the project's pages, as `npm run build` makes them, and of
 * the tests' own beside them. These, and all else that tests look at as it is built, are built once for a run, when the
 * first test asks.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPage } from './build.ts';
import { listen, portOf, sendFile } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** address of the pages, without a slash at its end */
    pages: string;
    /** address of what answers with the folder of a build, by its name */
    builds: string;
  }
}

/**
 * `lab`: with its manifest; `embed`: figures for other pages; `site`: both, and the service worker that keeps them; `cli`: the
 * package's command line
 */
export type BuildName = 'lab' | 'embed' | 'site' | 'cli';

const PAGES = ['index.html', 'test/support/fake.html', 'test/support/components.html'];
const BUILDS = '/builds/';

export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
  // Once for all groups of tests.
  if (!project.isRootProject()) return undefined;
  const home = mkdtempSync(join(tmpdir(), 'scaling-lab-builds-'));
  const at = (name: string): string => join(home, name);
  const made = new Map<string, Promise<void>>();
  const once = (name: string): Promise<void> => {
    const begun = made.get(name) ?? make[name as keyof typeof make]();
    made.set(name, begun);
    return begun;
  };
  const make: Record<BuildName | 'pages', () => Promise<void>> = {
    pages: () => buildPage({ outDir: at('pages'), rolldownOptions: { input: PAGES } }),
    lab: () => buildPage({ outDir: at('lab'), manifest: true }),
    embed: () => buildPage({ outDir: at('embed') }, 'vite.embed.config.ts'),
    async cli() {
      symlinkSync(resolve('node_modules'), at('node_modules'), 'junction');
      await buildPage({ outDir: at('cli') }, 'vite.package.config.ts', 'cli');
    },
    // As `npm run build` does: what is built later adds to what is there.
    async site() {
      await once('lab');
      const [outDir, filter] = [at('site'), (path: string): boolean => basename(path) !== '.vite'];
      cpSync(at('lab'), outDir, { recursive: true, filter });
      await buildPage({ outDir, emptyOutDir: false }, 'vite.embed.config.ts');
      await buildPage({ outDir, emptyOutDir: false }, 'vite.offline.config.ts');
    },
  };
  const server = createServer((request, response) => {
    const failed = (error: unknown): void => void response.writeHead(500).end(String(error));
    const { url = '' } = request;
    if (url.startsWith(BUILDS)) {
      const name = url.slice(BUILDS.length);
      once(name).then(() => response.end(at(name)), failed);
      return;
    }
    once('pages').then(() => sendFile(at('pages'), request, response), failed);
  });
  await listen(server);
  project.provide('pages', `http://127.0.0.1:${portOf(server)}`);
  project.provide('builds', `http://127.0.0.1:${portOf(server)}${BUILDS}`);
  return () => {
    server.close();
    server.closeAllConnections();
    rmSync(home, { recursive: true });
  };
}
