/** One browser's class in several tabs, and a browser or a tab that is killed while it keeps one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, expect, inject, test } from 'vitest';
import { encodeResult } from '../../src/class/codec.ts';
import { Pool } from '../../src/class/pool.ts';
import { planted } from '../class/planted.ts';
import { findChromium, useBrowser } from '../support/browser.ts';

const browser = useBrowser();
const ADDRESS = 'test/support/fake.html?recorded=%22shipped%22#/class';
const LEAD = 'I lead this class: show it';
const PATIENCE = { timeout: 120_000 };

const open = (options = {}): Promise<Page> => browser.open(ADDRESS, { locale: 'en', ...options });

async function another(page: Page): Promise<Page> {
  const second = await page.context().newPage();
  await second.goto(new URL(ADDRESS, inject('pages')).href);
  return second;
}

const texts = (from: number, to: number): Promise<string[]> =>
  Promise.all(Array.from({ length: to - from }, (_, i) => encodeResult(planted(from + i))));

/** Gives results to a page, one after the other; it says in the console which it has reported to be added. */
const give = async (page: Page, results: readonly string[], from = 0): Promise<void> => {
  await page.locator('class-gather textarea').waitFor();
  await page.evaluate(
    async ({ results, from }) => {
      const gather = document.querySelector('class-gather') as unknown as HTMLElement & { report: unknown };
      for (const [i, text] of results.entries()) {
        const { report } = gather;
        const field = gather.querySelector('textarea')!;
        field.value = text;
        field.form!.requestSubmit();
        while (gather.report === report) await new Promise((resolve) => setTimeout(resolve, 1));
        console.log(`added ${from + i}`);
      }
    },
    { results, from },
  );
};

const has = (page: Page, count: number): Promise<void> =>
  page.getByText(`${count} of us · ${count} have predicted.`).waitFor(PATIENCE);

/** The classes that the browser keeps: of each the results, by their members' numbers. */
async function kept(page: Page): Promise<number[][]> {
  const documents = await page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const database = await asked(indexedDB.open('scaling-lab'));
    const all = (await asked(database.transaction('classes').objectStore('classes').getAll())) as {
      document: Uint8Array;
    }[];
    database.close();
    return all.map(({ document }) => [...document]);
  });
  return documents.map((document) => {
    const pool = new Pool();
    expect(pool.merge(Uint8Array.from(document)).refused).toEqual([]);
    return pool.results().map(({ member }) => Number(member.slice(-3)));
  });
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('two tabs of one browser keep one class: what one takes the other has, and neither loses anything', async () => {
  const first = await open();
  const second = await another(first);
  // Both at once, of a class that neither has kept before; the middle ones come to both.
  const results = await texts(0, 40);
  await Promise.all([give(first, results.slice(0, 25)), give(second, results.slice(15), 15)]);
  await Promise.all([has(first, 40), has(second, 40)]);
  expect(await kept(first)).toEqual([upTo(40)]);
  await second.reload();
  await has(second, 40);

  // What is shown, left out or deleted in one is so in the other.
  await first.getByRole('button', { name: LEAD }).click();
  await second.waitForSelector('lab-chart');
  await second.getByText('All results (40)').click();
  await second.getByRole('button', { name: 'Leave out' }).first().click();
  await first.getByText('All results (39)').waitFor();
  await give(first, await texts(40, 41));
  await second.getByText('All results (40)').waitFor();
  expect(await kept(first)).toEqual([upTo(41).slice(1)]);
  await first.getByRole('button', { name: 'Delete this class' }).click();
  await second.getByText('No results of this lesson yet.').waitFor();
  await first.getByRole('button', { name: 'Undo' }).click();
  await second.getByText('All results (40)').waitFor();
}, 240_000);

test('a tab that has begun another class keeps it apart', async () => {
  const first = await open();
  await give(first, await texts(0, 3));
  const second = await another(first);
  await has(second, 3);
  await second.getByRole('button', { name: 'New class' }).click();
  await Promise.all([
    texts(3, 5).then((more) => give(first, more)),
    texts(10, 14).then((more) => give(second, more)),
  ]);
  await has(first, 5);
  await has(second, 4);
  expect((await kept(first)).sort((a, b) => a.length - b.length)).toEqual([[10, 11, 12, 13], upTo(5)]);
}, 240_000);

test('a class that is damaged is left where it is, and the page begins another', async () => {
  const first = await open();
  await give(first, await texts(0, 2));
  await first.evaluate(async () => {
    const request = indexedDB.open('scaling-lab');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const store = request.result.transaction('classes', 'readwrite').objectStore('classes');
    const all = store.getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    const [record] = all.result as { id: string; document: Uint8Array }[];
    const written = store.put({ ...record, document: record!.document.slice(0, 300) }, record!.id);
    await new Promise((resolve) => (written.onsuccess = resolve));
    request.result.close();
  });
  await first.reload();
  await first.getByText('No results of this lesson yet.').waitFor();
  await give(first, await texts(5, 7));
  await has(first, 2);
  await first.getByRole('combobox', { name: 'Class' }).selectOption({ index: 1 });
  await expect.poll(() => first.locator('.report').innerText()).toMatch(/no class, or it is damaged/);
}, 240_000);

/** A browser of its own, with a profile that outlives it, to be killed. */
interface Killable {
  page: Page;
  /** which results the page has said are added */
  said: Set<number>;
  /** at once, with all of its processes */
  kill(): Promise<void>;
}

const profiles: string[] = [];
let running: ChildProcess | undefined;
afterAll(() => {
  if (running?.exitCode === null && running.signalCode === null) process.kill(-running.pid!, 'SIGKILL');
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function start(profile: string): Promise<Killable> {
  const port = join(profile, 'DevToolsActivePort');
  rmSync(port, { force: true });
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--lang=en'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const child = spawn(
    findChromium(),
    [...flags, ...quiet, '--remote-debugging-port=0', `--user-data-dir=${profile}`],
    { stdio: 'ignore', detached: true },
  );
  running = child;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => existsSync(port) && readFileSync(port, 'utf8').includes('\n'), PATIENCE).toBe(true);
  const [number] = readFileSync(port, 'utf8').split('\n');
  const driven: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${number}`, PATIENCE);
  const page = await driven.contexts()[0]!.newPage();
  const said = new Set<number>();
  page.on('console', (message) => {
    const [, which] = /^added (\d+)$/.exec(message.text()) ?? [];
    if (which !== undefined) said.add(Number(which));
  });
  await page.goto(new URL(ADDRESS, inject('pages')).href, PATIENCE);
  await page.locator('class-gather textarea').waitFor(PATIENCE);
  return {
    page,
    said,
    async kill() {
      process.kill(-child.pid!, 'SIGKILL');
      await ended;
      await driven.close().catch(() => undefined);
    },
  };
}

test('a browser that is killed while it keeps a class has all that it said was added, and nothing half', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'class-profile-'));
  profiles.push(profile);
  const all = new Set<number>();
  for (let round = 0; round < 4; round++) {
    const from = 40 * round;
    const killable = await start(profile);
    const { page, said } = killable;
    const giving = texts(from, from + 40)
      .then((results) => give(page, results, from))
      .catch(() => undefined);
    // Killed in the middle of its writes, each time after another number of them.
    await expect.poll(() => said.size, { ...PATIENCE, interval: 1 }).toBeGreaterThan(3 + 5 * round);
    await Promise.all([killable.kill(), giving]);
    for (const each of said) all.add(each);

    const again = await start(profile);
    const classes = await kept(again.page);
    expect(classes).toHaveLength(1);
    expect([...all].filter((each) => !classes[0]!.includes(each))).toEqual([]);
    // At most the one under way is there without having been said.
    expect(classes[0]!.length - all.size).toBeLessThanOrEqual(round + 1);
    for (const each of classes[0]!) all.add(each);
    await again.kill();
  }
}, 600_000);

test('a tab that is closed or crashes while it keeps a class leaves the class whole', async () => {
  const first = await open({ expected: /./ });
  await give(first, await texts(0, 1));
  for (const [round, way] of ['close', 'crash', 'leave', 'close'].entries()) {
    const from = 1 + 40 * round;
    const page = await another(first);
    const said = new Set<number>();
    page.on('console', (message) => {
      const [, which] = /^added (\d+)$/.exec(message.text()) ?? [];
      if (which !== undefined) said.add(Number(which));
    });
    const giving = texts(from, from + 40)
      .then((results) => give(page, results, from))
      .catch(() => undefined);
    await expect.poll(() => said.size, { ...PATIENCE, interval: 1 }).toBeGreaterThan(2 + 4 * round);
    if (way === 'close') await page.close();
    else if (way === 'leave') await page.goto('about:blank');
    else {
      const session = await page.context().newCDPSession(page);
      await Promise.race([session.send('Page.crash'), new Promise((resolve) => page.once('crash', resolve))]);
    }
    await giving;
    const [results, ...others] = await kept(first);
    expect(others).toEqual([]);
    expect([...said].filter((each) => !results!.includes(each))).toEqual([]);
    await has(first, results!.length);
  }
}, 300_000);
