/** Many hands in real browsers: a teacher, a learner who closes the window in the middle, one who stays, and `lab join`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { HandsClient } from '../../src/class/hands.ts';
import { useBrowser, violations } from '../support/browser.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { useCommands } from '../support/commands.ts';
import { until, useRooms } from '../support/room.ts';
import type { RoomProcess } from '../support/room-server.ts';
import { freePort } from '../support/serve.ts';

const browser = useBrowser();
const rooms = useRooms();

let site: string;
const commands = useCommands();
let server: RoomProcess | undefined;
let machine: ChildProcess | undefined;
beforeAll(async () => void (site = await built('lab')), BUILDING_MS);
afterEach(async () => {
  machine?.kill('SIGKILL');
  await server?.kill();
  machine = server = undefined;
});

/** A sweep as the sandbox saves it. */
const sweep = (
  name: string,
  axes: Record<string, unknown>,
): { name: string; mimeType: string; buffer: Buffer } => ({
  name: 'sweep.json',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({
      name,
      spec: { task: { name: 'shapes' }, model: { kind: 'mlp' }, batch: 128, evaluate: { every: 10_000 } },
      axes: [axes],
    }),
  ),
});
const LONG = sweep('A long one', { steps: [90_000], 'model.hidden': [[256, 256]] });
const SHORT = sweep('Six small ones', {
  steps: [40, 40, 40, 40, 40, 40],
  'model.hidden': [[2], [4], [8], [16], [32], [64]],
});

const shows = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

const learner = (address: string, code: string): Promise<Page> =>
  browser.open(`${address}?device=cpu#/room?code=${code}`, { waits: true, locale: 'en' });

test('a sweep is trained by all; who leaves in the middle leaves nothing undone', async () => {
  const port = await freePort();
  server = await commands.startRoom(site, join(rooms.folder(), 'class.sqlite'), port);
  const { code, key } = server;
  const address = `http://127.0.0.1:${port}/`;
  const counter = new HandsClient(address, code, key);
  const states = async (): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await counter.list()).runs.map(({ state }) => state).join();
  };

  const teacher = await browser.open(`${address}?device=cpu#/projector?code=${code}&key=${key}`, {
    locale: 'en',
    viewport: { width: 1920, height: 1080 },
  });
  await teacher.getByRole('combobox', { name: 'Work' }).selectOption('many-hands');
  await teacher.locator('input[type=file]').setInputFiles(LONG);
  await shows(teacher, '1 runs are handed out.');
  const leaves = await learner(address, code);
  await shows(leaves, 'You are in');
  await teacher.keyboard.press('PageDown');
  await shows(leaves, 'This device trains for the class.');
  await until(async () => (await states()) === 'held', 'it trains');
  expect(await violations(leaves)).toEqual([]);
  await leaves.close();
  await until(async () => (await states()) === 'free', 'its cell is free again');

  await teacher.keyboard.press('PageUp');
  await teacher.locator('input[type=file]').setInputFiles(SHORT);
  await shows(teacher, '6 runs are handed out.');
  const stays = await learner(address, code);
  const args = [commands.lab, 'join', address, code, '--device', 'cpu', '--cores', '1'];
  machine = spawn(process.execPath, args, { stdio: 'ignore' });
  await shows(stays, 'You are in');
  await teacher.keyboard.press('PageDown');
  await until(async () => (await states()) === 'done,done,done,done,done,done', 'all is done');
  await shows(teacher, '6 of 6 runs are done');
  await shows(teacher, 'Six small ones');
  await shows(stays, 'All is done.');
  const { runs } = await counter.list();
  expect(runs.filter((run) => run.confirmed !== undefined || run.differs !== undefined)).toEqual([]);

  await teacher.keyboard.press('PageDown');
  await teacher.locator('class-hands lab-chart').waitFor();
  await stays.locator('class-hands lab-chart').waitFor();
  expect(await violations(teacher)).toEqual([]);
  expect(await violations(stays)).toEqual([]);
});
