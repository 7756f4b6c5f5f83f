/** Each lesson as a new user walks through it, from the home page to the answer at its end, and again from the link. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import type { FakeOptions } from '../support/fake-lab.ts';
import { button, untilPhase, useLessons, verdict } from '../support/lesson-page.ts';
import {
  answerCheck,
  changes,
  chooseSmall,
  curves,
  expectOwnVerdict,
  onHome,
  plan,
  predict,
  runWithCommitment,
  share,
  state,
  tryPreset,
} from '../support/walk.ts';

const { open } = useLessons();

const LAB: FakeOptions = { tickMs: 1, stepsPerTick: 2000, recorded: 'shipped' };

/** Another look at the results, in lessons that have some. */
const LOOKS: Partial<Record<string, (page: Page) => Promise<void>>> = {
  mirage: (page) => page.getByLabel('questions of an exam, m').fill('4'),
  // The ruler stands first after one's own prediction alone.
  'scaling-laws': (page) => button(page, 'Loss against size').click(),
  'loss-decides': (page) => page.locator('.views').getByRole('button', { name: 'loss' }).click(),
  'the-bill': async (page) => {
    const power = page.getByLabel('power of the device');
    await power.fill('60');
    await power.press('Enter');
    // No run decides about published bills.
    expect(await verdict(page).locator('b').innerText()).toBe('The published arithmetic holds');
  },
};

test.each(EXPERIMENT_NAMES)('%s, from home to the check, and again from its link', async (name) => {
  const page = await open('', LAB, { waits: true });
  await onHome(page, name).click();
  await untilPhase(page, 'ready');
  const commits = name === 'scaling-laws';
  if (!commits) await predict(page);
  await chooseSmall(page);
  if (commits) await runWithCommitment(page);
  else {
    await button(page, 'Run').click();
    await untilPhase(page, 'finished');
  }
  await expectOwnVerdict(page);
  const shown = await tryPreset(page);
  await LOOKS[name]?.(page);
  const hash = await share(page);

  const fresh = await open(hash, LAB);
  await fresh.getByText('Opened from a link').waitFor();
  await untilPhase(fresh, 'ready');
  expect(await plan(fresh)).toEqual(await plan(page));
  expect(await changes(fresh)).toEqual(shown);
  await button(fresh, 'Run').click();
  await untilPhase(fresh, 'finished');
  await fresh.getByText('The same bits').waitFor();
  expect(await state(fresh)).toEqual(await state(page));
  expect(await curves(fresh)).toEqual(await curves(page));

  await answerCheck(page);
  await page.locator('a.brand').click();
  expect(await onHome(page, name).locator('.t').innerText()).toBe('done ✓');
});
