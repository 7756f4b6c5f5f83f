/** The plan for 45 minutes, played through: a teacher at the projector and two learners, one with a phone, with real small runs. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { PLANS } from '../../src/lessons/teacher/plans.ts';
import { useBrowser, violations } from '../support/browser.ts';
import { built, BUILDING_MS } from '../support/built.ts';
import { useCommands } from '../support/commands.ts';
import { button } from '../support/lesson-page.ts';
import { useRooms } from '../support/room.ts';
import type { RoomProcess } from '../support/room-server.ts';
import { predict } from '../support/walk.ts';
import { freePort } from '../support/serve.ts';

const RUN_MS = 1_800_000;

const browser = useBrowser();
const rooms = useRooms();
const commands = useCommands();
let site: string;
let server: RoomProcess | undefined;
beforeAll(async () => void (site = await built('lab')), BUILDING_MS);
afterEach(() => server?.kill());

const shows = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
const bar = (page: Page, text: string): Promise<void> =>
  page.locator('.live-bar').getByText(text).waitFor({ timeout: RUN_MS });

/** From the lobby to the discussion of one lesson. */
async function round(teacher: Page, learners: readonly Page[], lesson: string): Promise<void> {
  await teacher.getByRole('combobox', { name: 'Lesson' }).selectOption(lesson);
  await teacher.keyboard.press('PageDown');
  for (const [i, page] of learners.entries()) {
    await page.waitForURL(new RegExp(`lesson/${lesson}`));
    await page.locator('details.concept[open] input[type=radio]').nth(i).check();
    await predict(page);
    await bar(page, 'Your prediction is sent');
  }
  await shows(teacher, 'All have predicted.');
  await teacher.keyboard.press('PageDown');
  await Promise.all(
    learners.map(async (page) => {
      await button(page, 'Run').click();
      await bar(page, 'Your result is sent');
    }),
  );
  await shows(teacher, '2 of 2 are done');
  await teacher.keyboard.press('PageDown');
  for (const page of learners) await page.waitForURL(/#\/room/);
  for (const page of learners) {
    const again = page.locator('lesson-concept');
    await again.getByRole('radio').nth(2).check();
    await again.getByRole('button').click();
    await shows(page, 'What the runs support:');
  }
  await teacher.locator('.answers').waitFor();
  await teacher.locator('.projected .big').first().waitFor();
  expect(await violations(teacher)).toEqual([]);
}

test(
  'each lesson of the plan that all do: asked, predicted, run, discussed and asked again',
  async () => {
    const port = await freePort();
    server = await commands.startRoom(site, join(rooms.folder(), 'class.sqlite'), port);
    const { code, key } = server;
    const address = `http://127.0.0.1:${port}/?device=cpu`;
    const wide = { locale: 'en', viewport: { width: 1920, height: 1080 } };
    const teacher = await browser.open(`${address}#/projector?code=${code}&key=${key}`, wide);
    const learners: Page[] = [];
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const page = await browser.open(`${address}#/room?code=${code}`, {
        waits: true,
        locale: 'en',
        viewport,
      });
      await shows(page, 'You are in');
      learners.push(page);
    }
    const lessons = PLANS[0]!.lines.flatMap(({ lessons = [] }) => lessons);
    const own = lessons.filter(({ size }) => size === 'small');
    expect(own).toHaveLength(2);
    for (const { lesson } of own) {
      await button(teacher, 'Lobby').click();
      await round(teacher, learners, lesson);
    }
  },
  4 * RUN_MS,
);
