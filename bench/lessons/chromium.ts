/** Lessons in Chromium, on the page as it is built. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, errors, type Page } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../../test/support/chromium.ts';
import { listen, portOf, sendFile } from '../../test/support/serve.ts';

export interface Timed {
  wall: number;
  processor: number;
  verdict: string;
}

/** In place of a verdict, where a lesson took longer than one wanted to wait. */
export const STOPPED = 'stopped';

const PATIENCE_MS = 1_800_000;
const FLAGS = {
  cpu: ['--disable-features=WebGPU', '--disable-gpu', '--disable-software-rasterizer'],
  gpu: ['--enable-unsafe-webgpu'],
};

/** Lessons in pages as they are built, each in a window of its own. */
export async function chromiumPages(device: 'cpu' | 'gpu', cores: 'one' | 'many') {
  const folder = mkdtempSync(join(tmpdir(), 'scaling-lab-lessons-'));
  await build({ logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  const server = createServer((request, response) => sendFile(folder, request, response));
  await listen(server);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', ...FLAGS[device]],
  });
  const root = `http://127.0.0.1:${portOf(server)}/`;
  return {
    /** @param query as in `?size=small` */
    async open(name: string, query = ''): Promise<Page> {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      await context.addInitScript(
        ([settings, answers]) => {
          localStorage.setItem('scaling-lab settings', settings!);
          localStorage.setItem('scaling-lab answers', answers!);
          // That of the recordings, where a first visit would have its own.
          localStorage.setItem('scaling-lab seed', '{"own":1}');
        },
        [JSON.stringify({ cores, device, language: 'en' }), JSON.stringify({ [name]: 'open' })],
      );
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${root}#/lesson/${name}${query}`);
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** How long lessons take in Chromium. @param patience after which one is stopped, s */
export async function chromiumLessons(
  device: 'cpu' | 'gpu',
  cores: 'one' | 'many',
  size: string,
  patience: number,
) {
  const pages = await chromiumPages(device, cores);

  /** From the press of the button to the verdict; compiling included, loading not. */
  async function lesson(name: string): Promise<Timed> {
    const page = await pages.open(name, `?size=${size}`);
    const until = (phase: string, timeout = PATIENCE_MS): Promise<boolean> =>
      page
        .waitForFunction((phase) => document.querySelector('lab-plan-bar')?.phase === phase, phase, {
          timeout,
        })
        .then(
          () => true,
          (error: unknown) => {
            if (error instanceof errors.TimeoutError) return false;
            throw error;
          },
        );
    await until('ready');
    const before = processorOf();
    const started = performance.now();
    await page.locator('lab-plan-bar').getByRole('button', { name: 'Run', exact: true }).click();
    const finished = await until('finished', patience * 1000);
    const wall = (performance.now() - started) / 1000;
    const processor = processorOf() - before;
    const verdict = finished ? await page.getByTestId('verdict').innerText() : STOPPED;
    await page.context().close();
    return { wall, processor, verdict: verdict.split('\n')[0]! };
  }

  return { lesson, close: () => pages.close() };
}

/** Of all descendants of this process, which are the browser's, s; 0 where the system does not tell. */
function processorOf(): number {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const stats = all.flatMap((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
        return [
          {
            pid: Number(pid),
            parent: Number(fields[1]),
            seconds: (Number(fields[11]) + Number(fields[12])) / 100,
          },
        ];
      } catch {
        return [];
      }
    });
    const below = (parent: number): number =>
      stats
        .filter((each) => each.parent === parent)
        .reduce((sum, { pid, seconds }) => sum + seconds + below(pid), 0);
    return below(process.pid);
  } catch {
    return 0;
  }
}
