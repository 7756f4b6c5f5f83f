/** The steps of a walk through a lesson, as a new user takes them with the pointer, and what is on the page then. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { button, untilPhase, verdict } from './lesson-page.ts';

/** A number is typed; what lies on an axis is drawn on the chart, by keys. */
export async function predict(page: Page): Promise<void> {
  const field = page.getByLabel('Your number');
  if (await field.count()) {
    await field.fill('0.4');
    await field.press('Enter');
  } else await draw(page);
  await button(page, 'That is my prediction').click();
  await page.locator('.asking').waitFor({ state: 'detached' });
}

/** From left to right, a little below the middle. */
export async function draw(page: Page): Promise<void> {
  const pen = page.getByRole('slider', { name: /^Your prediction/ });
  await pen.press('ArrowDown');
  for (let i = 0; i < 7; i++) await pen.press('Shift+ArrowRight');
}

/** Trains up to the model that waits, commits to a prediction, and trains that one too. */
export async function runWithCommitment(page: Page): Promise<void> {
  await button(page, 'Train the others here first').click();
  await untilPhase(page, 'paused');
  await draw(page);
  await button(page, 'That is my prediction').click();
  await untilPhase(page, 'finished');
}

export async function chooseSmall(page: Page): Promise<void> {
  await button(page, 'small').click();
  await page.waitForFunction(() => window.lab.plans.length === 2);
  await untilPhase(page, 'ready');
}

/** The verdict is one of their own run, and so are the numbers in the text. */
export async function expectOwnVerdict(page: Page): Promise<void> {
  expect(await verdict(page).locator('b').innerText()).toMatch(
    /^(The claim (holds|does not hold) in your run|The published arithmetic holds)$/,
  );
  const against = verdict(page).locator('.against');
  expect(await against.innerText()).toMatch(
    /^(You predicted .+; your run gave .*\d|Your curve lay \d).* points$/,
  );
  expect(await page.locator('.value[data-own]').count()).toBeGreaterThan(0);
  expect(await page.locator('.value:not([data-own])').allInnerTexts()).toEqual([]);
}

/** Presses a preset under "Try" and restarts with it. @returns the changes, as they are shown */
export async function tryPreset(page: Page): Promise<string[]> {
  // Fewer steps are no change at the small size where that has as few.
  const seed = page.locator('#try [data-try*=seed]');
  const others = page.locator(`#try [data-try]:not([data-try^='{"steps"'])`);
  const preset = (await seed.count()) ? seed : others.first();
  await preset.click();
  await page.getByText('Changed, takes effect on restart').waitFor();
  const shown = await changes(page);
  const before = await plan(page);
  await button(page, 'Restart with changes').click();
  await page.waitForFunction(() => window.lab.plans.length === 3);
  await untilPhase(page, 'finished');
  expect(await plan(page)).not.toEqual(before);
  return shown;
}

/** Opens the dialog and reads the link. @returns it without the address of the page */
export async function share(page: Page): Promise<string> {
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog');
  const link = await dialog.getByLabel('Link').inputValue();
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(link).toContain('?s=');
  return link.slice(link.indexOf('#/') + 2);
}

/** Answers every way: the reason is shown each time, and their own run decides. */
export async function answerCheck(page: Page): Promise<void> {
  const reason = page.locator('.quiz .reason');
  expect(await reason.isHidden()).toBe(true);
  const answers = page.locator('.quiz').getByRole('radio');
  const notes: string[] = [];
  for (const answer of await answers.all()) {
    await answer.check();
    expect(await reason.isVisible()).toBe(true);
    notes.push(await reason.locator('.note').innerText());
  }
  const judged = (start: string): number => notes.filter((note) => note.startsWith(start)).length;
  expect(judged('Your run agrees')).toBe(1);
  expect(judged('Your run says otherwise')).toBe(notes.length - 1);
}

export const onHome = (page: Page, name: string): Locator => page.locator(`.path a[href="#/lesson/${name}"]`);

/** Chips of what was changed. */
export const changes = (page: Page): Promise<string[]> => page.locator('lab-changes button').allInnerTexts();

/** The plan that is open, as the worker was given it. */
export const plan = (page: Page): Promise<unknown> =>
  page.evaluate(() => JSON.parse(JSON.stringify(window.lab.plans.at(-1))) as unknown);

/** Everything that a link has to bring, as it stands on the page. */
export const state = (page: Page): Promise<unknown> =>
  page.evaluate(() => ({
    size: document.querySelector<HTMLInputElement>('.tools-row lab-segments')!.value,
    views: [...document.querySelectorAll<HTMLInputElement>('.views input, .views lab-segments')].map(
      ({ value }) => value,
    ),
    figure: document.querySelector('lab-chart')!.label,
  }));

/** The learner's own curves, as they are on the chart. */
export const curves = (page: Page): Promise<{ label: string; x: number[]; y: number[] }[]> =>
  page.evaluate(() =>
    document
      .querySelector('lab-chart')!
      .series.filter(({ thin, id }) => !thin && !id.startsWith('their'))
      .map(({ label, x, y }) => ({ label, x: Array.from(x), y: Array.from(y) })),
  );
