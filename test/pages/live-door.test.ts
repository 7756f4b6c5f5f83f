/** The door of a live class: who has come in by a link and leaves is out, until the code is typed. */
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { useCommands } from '../support/commands.ts';
import { button } from '../support/lesson-page.ts';
import { useRooms } from '../support/room.ts';
import type { RoomProcess } from '../support/room-server.ts';
import { freePort } from '../support/serve.ts';

const browser = useBrowser();
const rooms = useRooms();
const commands = useCommands();
let site: string;
let server: RoomProcess | undefined;
beforeAll(async () => void (site = await built('lab')), BUILDING_MS);
afterEach(() => server?.kill());

test('who leaves stays out, and comes in again by the code', async () => {
  const port = await freePort();
  server = await commands.startRoom(site, join(rooms.folder(), 'class.sqlite'), port);
  const { code } = server;
  const page = await browser.open(`http://127.0.0.1:${port}/?device=cpu#/room?code=${code}`, {
    waits: true,
    locale: 'en',
    expected: /Failed to load resource/,
  });
  const isIn = page.getByText('You are in');
  await isIn.first().waitFor();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/room/join')) asked.push(request.url());
  });
  await button(page, 'Leave the class').click();
  const field = page.getByLabel('Code of the class');
  await field.waitFor();
  await page.waitForURL(/#\/room$/);
  expect([asked, await isIn.count()]).toEqual([[], 0]);

  await field.fill('222222');
  await button(page, 'Come in').click();
  await page.getByText('There is no class of this code now.').waitFor();
  await field.fill(code);
  await button(page, 'Come in').click();
  await isIn.first().waitFor();
});
