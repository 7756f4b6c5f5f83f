/** Beat the law: scaling-laws ends with a card of who was closer; its link, and the seed of the day, begin the same again. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';

const { open } = useLessons();
const LESSON = 'lesson/scaling-laws';

const card = (page: Page) => page.locator('duel-card');
const seedOf = (page: Page): Promise<number> =>
  page.evaluate(
    () => (document.querySelector('duel-card') as unknown as { duel: { seed: number } }).duel.seed,
  );

/** The seven are trained, then a loss is said, then the eighth is trained. */
async function play(page: Page, said: string): Promise<void> {
  await untilPhase(page, 'ready');
  await button(page, 'Train the others here first').click();
  await untilPhase(page, 'paused');
  await page.getByLabel('Or as a number').fill(said);
  await page.getByLabel('Or as a number').press('Enter');
  await button(page, 'That is my prediction').click();
  await untilPhase(page, 'finished');
}

test('a card says who was closer, can be kept, and its link asks somebody else the same', async () => {
  const page = await open(LESSON, FAST, { waits: true });
  await card(page).getByText('Who is closer?').waitFor();
  expect(await card(page).locator('canvas').count()).toBe(0);
  await play(page, '0.55');
  await card(page)
    .getByText(
      /^You said 0\.550, off by \d\.\d{3}; the law \d\.\d{3}, off by \d\.\d{3}; it reached \d\.\d{3}\./,
    )
    .waitFor();
  // The picture is drawn when its code is there.
  await page.waitForFunction(
    () => document.querySelector('duel-card')!.shadowRoot!.querySelector('canvas')!.width === 2400,
  );
  expect(await violations(page)).toEqual([]);
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the card').click()]);
  expect(saved.suggestedFilename()).toBe(`scaling-lab-${await seedOf(page)}.png`);
  expect(
    readFileSync(await saved.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  await page.getByRole('button', { name: '中文' }).click();
  await card(page)
    .getByText(/^你说 0\.550，差/)
    .waitFor();

  const link = await page.evaluate(() =>
    (document.querySelector('duel-card') as unknown as { duel: { link(): Promise<string> } }).duel.link(),
  );
  const seed = await seedOf(page);
  const other = await open(link.slice(link.indexOf('#/') + 2), FAST, { waits: true });
  await other.getByTestId('theirs').getByText('0.55 nats').waitFor();
  await expect.poll(() => seedOf(other)).toBe(seed);
});

test('the seed of the day begins anew: what was said and trained before is put away', async () => {
  const page = await open(LESSON, FAST, { waits: true });
  await play(page, '0.6');
  await card(page).locator('canvas').waitFor();
  // As it is shown: a day may end while this runs.
  const [, today] = /The seed of [\d-]+: (\d+)/.exec(await card(page).locator('.row b').innerText())!;
  expect(Number(today) % 10).toBe(1);
  await button(page, 'Play it').click();
  await expect.poll(() => seedOf(page)).toBe(Number(today));
  await card(page).locator('canvas').waitFor({ state: 'detached' });
  await play(page, '0.5');
  await card(page).locator('canvas').waitFor();
  expect(await seedOf(page)).toBe(Number(today));
});
