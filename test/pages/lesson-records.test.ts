/** Runs of lessons are kept, laid over figures on the same axes, and travel in links with what was on the page. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { encodeLink, type Shared } from '../../src/state/link.ts';
import { violations } from '../support/browser.ts';
import { button, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';
import { predict } from '../support/walk.ts';

const { finished, open } = useLessons();

const labels = (page: Page): Promise<string[]> =>
  page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ label }) => label));

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), `#/${hash}`);
  await untilPhase(page, 'ready');
}

/** The address that the page is shared by. */
async function linkOf(page: Page): Promise<string> {
  const { link } = await page.evaluate(() => document.querySelector('lab-share')!.make!());
  return link.slice(link.indexOf('#/') + 2);
}

test('a run is kept once, is there after a reload, and is laid over the next one', async () => {
  const page = await finished();
  const rows = page.locator('lab-runs-table tbody tr');
  await expect.poll(() => rows.count()).toBe(1);
  await page.reload();
  await untilPhase(page, 'ready');
  await expect.poll(() => rows.count()).toBe(1);
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await expect.poll(() => rows.count()).toBe(2);
  const before = (await labels(page)).length;
  await page.locator('lab-runs-table input[type=checkbox]').nth(1).check();
  await expect.poll(async () => (await labels(page)).length).toBeGreaterThan(before);
  expect(await violations(page)).toEqual([]);
});

test('a run is in the table also where the browser has no room for it, which is said', async () => {
  const page = await finished({
    before: () => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  });
  await page.getByText('This browser could not keep every run').waitFor();
  await page.locator('lab-runs-table tbody tr').first().waitFor();
  expect(await page.locator('lab-runs-table tbody tr').count()).toBe(1);
});

test('a run of another lesson is laid over a figure with the same axes, and over no other', async () => {
  const page = await open('lesson/compute-optimal', FAST);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await page.waitForSelector('lab-runs-table');
  await goTo(page, 'lesson/learning');
  expect(await page.locator('.others').count()).toBe(0);
  await page.evaluate(() =>
    localStorage.setItem('scaling-lab predictions', '{"scaling-laws":{"kind":"level","points":[[0,0.5]]}}'),
  );
  await goTo(page, 'lesson/scaling-laws');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  // The ruler comes first where a number was predicted.
  await button(page, 'Loss against size').click();
  await page.getByText('Runs of other lessons on these axes (1)').click();
  const before = await labels(page);
  await page.getByLabel(/^Compute-optimal.*Run, standard/).check();
  await expect.poll(async () => (await labels(page)).length).toBeGreaterThan(before.length);
  expect((await labels(page)).filter((label) => label.startsWith('Run, standard: C =')).length).toBe(3);
  expect(await violations(page)).toEqual([]);
});

test('a link brings settings, prediction and view, and says whether the bits are the same', async () => {
  const page = await open('lesson/mirage', FAST);
  await page.evaluate(() =>
    localStorage.setItem(
      'scaling-lab predictions',
      '{"mirage":{"kind":"curve","points":[[2,0.1],[12,0.5],[48,0.9]]}}',
    ),
  );
  await page.reload();
  await untilPhase(page, 'ready');
  await button(page, 'Change the seed').click();
  await page.getByLabel('questions of an exam, m').fill('4');
  await page.waitForFunction(() => window.lab.plans.length === 2);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  const fresh = await open(await linkOf(page), FAST, { waits: true });
  await fresh.getByText('Opened from a link').waitFor();
  await untilPhase(fresh, 'ready');
  // The sender's prediction at once, what their run gave after one's own.
  await expect.poll(() => labels(fresh)).toContain('the sender’s prediction');
  expect(await labels(fresh)).not.toContain('the sender’s run');
  await fresh.getByText('What their run gave is shown when you have predicted, too.').waitFor();
  await predict(fresh);
  await fresh.getByText(/Their run gave 0\.\d+.*Run it yourself and compare\./).waitFor();
  await expect.poll(() => labels(fresh)).toContain('the sender’s run');
  expect(await fresh.locator('lab-changes button').allInnerTexts()).toEqual(['seed 1 → 11']);
  await button(fresh, 'Run').click();
  await untilPhase(fresh, 'finished');
  await fresh.getByText('The same bits').waitFor();
  expect(await fresh.getByLabel('questions of an exam, m').inputValue()).toBe('4');
  const own = (await labels(fresh)).filter((label) => !label.startsWith('the sender'));
  expect(own).toEqual(await labels(page));
});

test('a first visit begins with a seed of its own, beside that of the recording, and proposes it to nobody', async () => {
  const page = await open(
    'lesson/mirage',
    { ...FAST, recorded: true },
    {
      before: () => localStorage.setItem('scaling-lab seed', '{"own":4711}'),
    },
  );
  const seeds = (): Promise<number[]> =>
    page.evaluate(() => [
      ...new Set(
        window.lab.plans.at(-1)!.flatMap((item) => ('spec' in item ? [item.spec.seed as number] : [])),
      ),
    ]);
  await untilPhase(page, 'ready');
  expect(await seeds()).toEqual([4711]);
  await page.getByText(/^Recorded run: .*, seed 1; yours has seed 4711\.$/).waitFor();
  expect(await page.locator('lab-changes button').count()).toBe(0);
  const proposed = await open(await linkOf(page), { ...FAST, recorded: true });
  await untilPhase(proposed, 'ready');
  await proposed.getByText(/seed 1; yours has seed 1\.$/).waitFor();
  await button(page, 'Change the seed').click();
  await page.locator('lab-changes button', { hasText: 'seed 4711 → 11' }).click();
  await page.waitForFunction(() => window.lab.plans.length === 3);
  expect(await seeds()).toEqual([4711]);
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  const ran = await open(await linkOf(page), { ...FAST, recorded: true });
  await ran.locator('lab-changes button', { hasText: 'seed 1 → 4711' }).waitFor();
});

test('the number that a run gave comes with its link, and is said when one has predicted, too', async () => {
  const fresh = await open(await linkOf(await finished()), FAST, { waits: true });
  await fresh.getByText('What their run gave is shown when you have predicted, too.').waitFor();
  await untilPhase(fresh, 'ready');
  expect(await fresh.getByText(/Their run gave \d/).count()).toBe(0);
  await predict(fresh);
  await fresh.getByText(/Their run gave 0\.\d+\..*Run it yourself and compare/).waitFor();
});

test('an address in plain words, as embedded figures have it, brings size, seed and settings', async () => {
  const page = await open('lesson/mirage?size=small&seed=7&changes=%7B%22steps%22%3A50%7D', FAST);
  await page.getByText('Opened from a link').waitFor();
  await untilPhase(page, 'ready');
  expect(await page.locator('lab-changes button').allInnerTexts()).toEqual(
    expect.arrayContaining(['seed 1 → 7', expect.stringMatching(/^steps .*→ 50$/)]),
  );
  const refused = await open('lesson/mirage?seed=x', FAST);
  await refused.getByText('seed: must be an integer').waitFor();
});

test('the size of an address is the first that the page shows', async () => {
  const page = await open('lesson/mirage?size=small', FAST, { before: keepSizes });
  await untilPhase(page, 'ready');
  expect(await page.evaluate(() => [...(window as unknown as { sizes: Set<string> }).sizes])).toEqual([
    'small',
  ]);
});

/** In the page: notes every size that the tools below the chart have shown. */
function keepSizes(): void {
  const sizes = new Set<string>();
  Object.assign(window, { sizes });
  new MutationObserver(() => {
    const tool = document.querySelector<HTMLInputElement>('.tools-row lab-segments');
    if (tool) sizes.add(tool.value);
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

test('an address is none of the lesson that Back leaves for it', async () => {
  const page = await open('lesson/mirage?size=small', FAST);
  await untilPhase(page, 'ready');
  await goTo(page, 'lesson/learning');
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await button(page, 'Reset').click();
  await button(page, 'Predict again').click();
  await page.getByRole('slider', { name: /^Your prediction/ }).press('ArrowUp');
  const stored = (): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('scaling-lab predictions'));
  await expect.poll(stored).toContain('learning');
  await page.goBack();
  await page.getByText('Opened from a link').waitFor();
  await untilPhase(page, 'ready');
  expect(await stored()).toContain('learning');
  expect(await page.evaluate(() => window.lab.openRuns)).toBe(1);
});

test.each<[string, Partial<Shared>, RegExp]>([
  ['settings that the engine refuses', { changes: { steps: -3 } }, /steps/],
  ['a setting that there is not', { changes: { 'task.colour': 'red' } }, /colour/],
  ['a path into a prototype', { changes: { '__proto__.steps': 3 } }, /__proto__/],
])('a link with %s is refused, and the lesson begins as usual', async (_what, shared, reason) => {
  const link = {
    lesson: 'learning',
    size: 'small',
    seed: 1,
    changes: {},
    prediction: {},
    view: {},
    ...shared,
  };
  const page = await open(`lesson/learning?s=${await encodeLink(link as Shared)}`, FAST);
  const refused = page.getByTestId('link-problem');
  await refused.waitFor();
  expect(await refused.innerText()).toMatch(reason);
  await untilPhase(page, 'ready');
  expect(await page.locator('lab-changes').count()).toBe(0);
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
});

test('a link to a lesson that asks for much says so and waits for a press', async () => {
  const changes = { steps: 10_000_000 };
  const link = { lesson: 'learning', size: 'small', seed: 1, changes, prediction: {}, view: {} };
  const page = await open(`lesson/learning?s=${await encodeLink(link as Shared)}`, FAST);
  const asks = page.getByTestId('link-asks');
  await asks.getByText('Nothing of it is opened until you agree').waitFor();
  await untilPhase(page, 'ready');
  expect(await page.locator('lab-changes').count()).toBe(0);
  await asks.getByRole('button').click();
  await page.getByText('Opened from a link').waitFor();
  expect(await page.locator('lab-changes').count()).toBe(1);
});
