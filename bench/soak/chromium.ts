/** Figures of a built page in Chromium: one stays and keeps the worker, others come, train and go. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../test/support/chromium.ts';
import { buildPage } from '../../test/support/build.ts';
import { listen, portOf, sendFile } from '../../test/support/serve.ts';
import { type Place, specAt } from './place.ts';

export async function inChromium(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'scaling-lab-soak-'));
  await buildPage({ outDir: folder }, 'vite.embed.config.ts');
  const server = createServer((request, response) => sendFile(folder, request, response));
  await listen(server);
  const launched = await chromium.launchServer({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking'],
  });
  const browser = await chromium.connect(launched.wsEndpoint());
  const page = await browser.newPage();
  await page.goto(
    `http://127.0.0.1:${portOf(server)}/embed.html?spec=${encodeURIComponent(JSON.stringify(specAt(0)))}`,
  );
  await page.getByRole('button', { name: 'Run it here' }).click();
  return {
    name: `Chromium ${browser.version()}`,
    async round(count) {
      const spec = specAt(count);
      const seconds = await page.evaluate(train, JSON.stringify(spec));
      return { steps: spec.steps, seconds, megabytes: heldBy(launched.process().pid!) };
    },
    async close() {
      await browser.close();
      await launched.close();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** In the page. @returns seconds from the run's begin to its end */
function train(spec: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const figure = document.createElement('scaling-lab');
    let begun = performance.now();
    figure.spec = spec;
    figure.loading = 'eager';
    figure.addEventListener('lab-milestone', ({ detail }) => {
      if (detail.kind === 'begins') begun = performance.now();
    });
    figure.addEventListener('lab-complete', () => {
      figure.remove();
      resolve((performance.now() - begun) / 1000);
    });
    figure.addEventListener('lab-error', ({ detail }) => reject(new Error(detail.message)));
    document.body.prepend(figure);
    void figure.run();
  });
}

/** Of a process and all that it has started, MB; pages that processes share count once for each (Linux). */
function heldBy(root: number): number {
  const parents = new Map<number, number>();
  const held = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      held.set(Number(name), Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean => pid === root || (parents.has(pid) && isOurs(parents.get(pid)!));
  return [...held].filter(([pid]) => isOurs(pid)).reduce((sum, [, kilobytes]) => sum + kilobytes, 0) / 1e3;
}
