/**
 * A class, live, in real browsers: a teacher and three learners, who train for themselves: two on their processors, one with the
 * browser's software GPU.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { Pool } from '../../src/class/pool.ts';
import { useBrowser, violations } from '../support/browser.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { useCommands } from '../support/commands.ts';
import { button } from '../support/lesson-page.ts';
import { useRooms } from '../support/room.ts';
import type { RoomProcess } from '../support/room-server.ts';
import { draw } from '../support/walk.ts';
import { freePort } from '../support/serve.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const rooms = useRooms();
const TEACHER = { locale: 'en', viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' } as const;
/** A server that is away is said as an error by the browser. */
const AWAY = /WebSocket|ERR_CONNECTION|Failed to load resource/;

/** Kernels are compiled for the software GPU, too. */
const TRAINING_MS = 900_000;

let site: string;
const commands = useCommands();
let server: RoomProcess | undefined;
beforeAll(async () => void (site = await built('lab')), BUILDING_MS);
afterEach(async () => {
  await server?.kill();
  server = undefined;
});

async function learner(address: string, code: string, device: 'cpu' | 'gpu', name?: string): Promise<Page> {
  const page = await browser.open(`${address}?device=${device}#/room?code=${code}`, {
    waits: true,
    locale: 'en',
    expected: AWAY,
  });
  await page
    .getByText(/You are in|What is a loss curve/)
    .first()
    .waitFor();
  if (name === undefined) return page;
  await page.getByLabel('Your name here').fill(name);
  await page.keyboard.press('Tab');
  return page;
}

const shows = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

async function predicts(page: Page): Promise<void> {
  await draw(page);
  await button(page, 'That is my prediction').click();
  await page.locator('.live-bar').getByText('Your prediction is sent').waitFor();
}

async function trains(page: Page): Promise<void> {
  await button(page, 'Run').click();
  await page.locator('.live-bar').getByText('Your result is sent').waitFor({ timeout: TRAINING_MS });
}

test(
  'lobby, predict, run, discuss: what is hidden stays hidden, what is sent survives, and the class is exported',
  async () => {
    const folder = rooms.folder();
    const port = await freePort();
    const store = join(folder, 'class.sqlite');
    server = await commands.startRoom(site, store, port);
    const { code, key } = server;
    const address = `http://127.0.0.1:${port}/`;

    const teacher = await browser.open(`${address}#/projector?code=${code}&key=${key}`, {
      ...TEACHER,
      expected: AWAY,
    });
    await teacher.locator('.projected .qr').waitFor();
    // All see this screen: what leads the class does not stand in its address.
    expect(teacher.url()).not.toContain(key);
    const learners = [
      await learner(address, code, 'cpu', 'Ada'),
      await learner(address, code, 'gpu', '<b>Grace</b>'),
    ];
    await shows(teacher, '<b>Grace</b>');
    await shows(teacher, '2 on processors');
    await teacher.getByRole('combobox', { name: 'Lesson' }).selectOption('learning');
    expect(await violations(teacher)).toEqual([]);

    // A clicker's key, while the lesson that was chosen has the focus: the learners' pages go along.
    await teacher.keyboard.press('PageDown');
    for (const page of learners) await page.waitForURL(/lesson\/learning\?size=small&seed=\d+/);
    await predicts(learners[0]!);
    await shows(teacher, '1 of 2 have predicted');
    expect(await teacher.locator('lab-chart').count()).toBe(0);
    await predicts(learners[1]!);
    await shows(teacher, 'All have predicted.');
    await teacher.keyboard.press('r');
    await teacher.locator('.projected lab-chart').waitFor();

    await teacher.keyboard.press(' ');
    await Promise.all(learners.map(trains));
    await shows(teacher, '2 of 2 are done');

    // The server dies; a learner comes late, when it is back.
    await server.kill();
    await shows(learners[0]!, 'No connection; what you do is kept, and sent later.');
    server = await commands.startRoom(site, store, port);
    const late = await learner(address, code, 'cpu');
    await late.getByRole('link', { name: 'Go to the run' }).click();
    await draw(late);
    await button(late, 'That is my prediction').click();
    await trains(late);
    await shows(teacher, '3 of 3 are done');
    await learners[0]!.locator('.live-bar').getByText('Your result is sent').waitFor();
    await learners[0]!.reload();
    await learners[0]!.locator('.live-bar').getByText('Your result is sent').waitFor();

    await teacher.keyboard.press('PageDown');
    await teacher.locator('.projected .big[data-kind=holds]').waitFor();
    expect(await teacher.locator('.projected .squares li').count()).toBe(3);
    expect(await teacher.locator('.projected .big[data-kind=holds]').innerText()).toMatch(
      /of 3: the claim held/,
    );
    expect(await violations(teacher)).toEqual([]);
    await learners[1]!.waitForURL(/#\/room/);
    await shows(learners[1]!, /The claim held for \d of 3\./);
    // The question once more, beside what all found.
    const again = learners[1]!.locator('lesson-concept');
    await again.getByRole('radio').nth(2).check();
    await again.getByRole('button').click();
    await shows(learners[1]!, 'What the runs support:');
    expect(await violations(learners[1]!)).toEqual([]);
    await teacher.locator('.answers').waitFor();

    const download = teacher.waitForEvent('download', (each) => each.suggestedFilename().endsWith('.class'));
    await teacher.keyboard.press('e');
    const pool = new Pool();
    expect(pool.merge(readFileSync(await (await download).path()))).toMatchObject({ added: 3, refused: [] });
    expect(pool.results('learning').every(({ prediction }) => prediction?.kind === 'curve')).toBe(true);
    expect(pool.results().filter(({ after }) => after === 2)).toHaveLength(1);
    expect(new Set(pool.results().map(({ seed }) => seed)).size).toBe(3);
    const devices = pool.results().map(({ device }) => device);
    expect(devices.filter((device) => /SwiftShader/i.test(device))).toHaveLength(1);

    await button(teacher, 'End the class').click();
    await button(teacher, 'End the class').click();
    await shows(learners[1]!, 'The class is over.');
  },
  3 * TRAINING_MS,
);
