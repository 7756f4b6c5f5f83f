/** What a class puts on the page of a lesson: a question before and after, and the result as a link, a file and a QR code. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decodeResult, MOST_CHARACTERS } from '../../src/class/codec.ts';
import { readQR } from '../../src/class/scan.ts';
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';

const { open } = useLessons();

async function run(page: Page): Promise<void> {
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
}

const given = async (page: Page): Promise<string> => {
  await button(page, 'Give to the class').click();
  const field = page.getByLabel('Link of your result');
  await field.waitFor();
  return field.inputValue();
};

test('the question is asked before and at the end, and both answers are shown with the reason', async () => {
  const page = await open('lesson/learning', FAST);
  const [before, after] = [page.locator('.concept').first(), page.locator('lesson-concept[when=after]')];
  await before.getByText('Before you predict: what do you think?').first().click();
  await before.getByLabel('To zero, if it is only trained long enough').check();
  await before.getByText('Kept.').waitFor();
  expect(await after.count()).toBe(0);
  // Nothing lies half under the bar.
  await page.evaluate(() => scrollTo(0, 0));
  expect(await violations(page)).toEqual([]);
  await run(page);
  expect(await page.getByText('What the runs support:').count()).toBe(0);
  await after.getByLabel('To the size of the random errors, and no lower').check();
  expect(await page.getByText('What the runs support:').count()).toBe(0);
  await button(page, 'That is my answer').click();
  await page.getByText('What the runs support:').waitFor();
  const text = await after.innerText();
  expect(text).toMatch(
    /Before:\s+To zero[^]*At the end:\s+To the size of the random errors[^]*support:\s+To the size/,
  );
  await page.evaluate(() => scrollTo(0, 0));
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await before.locator('summary b').getByText('To zero').waitFor();
});

test('a finished lesson gives its result as a link, a file and a QR code that say the same', async () => {
  const page = await open('lesson/learning?size=small&seed=4711', FAST);
  await page.locator('.concept').first().locator('summary').click();
  await page.locator('.concept').first().getByRole('radio').nth(2).check();
  expect(await button(page, 'Give to the class').count()).toBe(0);
  await run(page);
  const link = await given(page);
  const packed = link.split('r=')[1]!;
  expect(packed.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  const result = await decodeResult(link);
  expect([result.lesson, result.size, result.seed, result.before, result.after]).toEqual([
    'learning',
    'small',
    4711,
    2,
    undefined,
  ]);
  expect(JSON.stringify(result)).not.toMatch(/name/);

  const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as a file').click()]);
  expect(readFileSync(await file.path(), 'utf8')).toBe(`${link}\n`);

  // As a camera would see it: the pixels of the code on the screen.
  await page.locator('lesson-give .qr').scrollIntoViewIfNeeded();
  const shot = await page.locator('lesson-give .qr').screenshot();
  const picture = await page.evaluate(
    async (png) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(png)]));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { width, height, data } = context.getImageData(0, 0, image.width, image.height);
      return { width, height, data: [...data] };
    },
    [...shot],
  );
  expect(readQR({ ...picture, data: Uint8Array.from(picture.data) })).toBe(link);
  expect(await violations(page)).toEqual([]);

  // A second result of the same browser is the same member's.
  await page.reload();
  await run(page);
  expect((await decodeResult(await given(page))).member).toBe(result.member);
});

test('nothing of a class is loaded before its line is opened, and the focus stays on the line', async () => {
  const page = await open('lesson/learning', FAST);
  await untilPhase(page, 'ready');
  const ofClass = (): Promise<string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => /\/(lesson-parts|class)-[^/]*\.js$/.test(name)),
    );
  expect(await ofClass()).toEqual([]);
  await page.locator('details.concept summary').focus();
  await page.keyboard.press('Enter');
  await page.locator('lesson-concept').getByRole('radio').first().waitFor();
  expect(await ofClass()).not.toEqual([]);
  await page.waitForFunction(() => document.activeElement?.matches('lesson-concept summary'));
});

test('a run with other settings is not given', async () => {
  const page = await open('lesson/learning?size=small&changes={"steps":50}', FAST);
  await run(page);
  await page.getByText('a class pools runs of the lesson as it is').waitFor();
  expect(await button(page, 'Give to the class').count()).toBe(0);
});
