/** The sandbox with a pretended lab: forms, runs, kept runs, texts of one's own, axe. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { hold } from '../support/hold.ts';
import {
  button,
  fill,
  lastSpec,
  renderAnew,
  rows,
  run,
  untilPhase,
  useSandbox,
} from '../support/sandbox-page.ts';

const open = useSandbox();

test('every task has its form, and what is chosen is what runs', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await page.getByLabel('task', { exact: true }).selectOption('backoff-language');
  await page.waitForFunction(
    () => (window.lab.specs.at(-1)?.model as { kind: string }).kind === 'transformer',
  );
  await page.getByLabel('context length').waitFor();
  await untilPhase(page, 'ready');
  await fill(page, 'width', '32');
  await page.waitForFunction(() => (window.lab.specs.at(-1)?.model as { width: number }).width === 32);
  await page.getByLabel('optimizer').selectOption('sgd');
  await page.waitForFunction(() => (window.lab.specs.at(-1)?.optimizer as { name: string }).name === 'sgd');
  await run(page);
  expect(await lastSpec(page)).toMatchObject({
    task: { name: 'backoff-language' },
    optimizer: { name: 'sgd' },
  });
  expect(await page.locator('lab-samples, lab-attention').count()).toBe(2);
});

test('on a software GPU the sizes are small, and offered again to who chose others', async () => {
  const page = await open('sandbox', { software: true });
  await page.getByText('Training on the processor').waitFor();
  await untilPhase(page, 'ready');
  expect(await button(page, 'Use small sizes').count()).toBe(0);
  await fill(page, 'batch', '64');
  await button(page, 'Use small sizes').click();
  await page.waitForFunction(() => window.lab.specs.at(-1)?.batch === 32 && window.lab.openRuns === 1);
  expect(await button(page, 'Use small sizes').count()).toBe(0);
});

test('what is set before the device has answered stays', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await page.evaluate(() => (location.hash = '#/'));
  await page.locator('lab-form').waitFor({ state: 'detached' });
  const device = await hold(page, 'device');
  await page.evaluate(() => (location.hash = '#/sandbox'));
  await fill(page, 'seed', '5');
  await button(page, 'A sweep of many').click();
  await device.answer();
  await untilPhase(page, 'ready', 'lab-plan-bar');
  await button(page, 'One run').click();
  await untilPhase(page, 'ready');
  expect(await lastSpec(page)).toMatchObject({ seed: 5 });
});

test('where the engine gives no answer the page says so, and asks again', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await page.evaluate(() => (location.hash = '#/'));
  await page.locator('lab-form').waitFor({ state: 'detached' });
  const refuse = (question: 'describe' | 'check'): Promise<void> =>
    page.evaluate((question) => {
      const refused = (): Promise<never> => {
        Reflect.deleteProperty(window.lab, question);
        return Promise.reject(new Error('The worker is gone.'));
      };
      Object.assign(window.lab, { [question]: refused });
    }, question);
  await refuse('describe');
  await page.evaluate(() => (location.hash = '#/sandbox'));
  const notice = page.getByRole('alert').getByText('The worker is gone.');
  await notice.waitFor();
  expect(await page.getByText('Loading the forms…').count()).toBe(0);
  await button(page, 'Try again').click();
  await untilPhase(page, 'ready');
  await refuse('check');
  await fill(page, 'seed', '5');
  await notice.waitFor();
  await button(page, 'Try again').click();
  await page.waitForFunction(() => window.lab.specs.at(-1)?.seed === 5);
  expect(await notice.count()).toBe(0);
});

test('what is wrong stands at its field; the run before stays', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await fill(page, 'batch', '0');
  await page.getByText('must be an integer from 1 to 65,536').first().waitFor();
  expect(await page.getByLabel('batch', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await fill(page, 'batch', '64');
  await page.getByLabel('model', { exact: true }).selectOption('transformer');
  await page.getByText('"transformer" needs a task of token sequences', { exact: false }).first().waitFor();
  expect(await page.evaluate(() => window.lab.specs.length)).toBe(1);
  expect(await violations(page)).toEqual([]);
});

test('Run pressed from a field that was just edited trains what is in it', async () => {
  const page = await open();
  await run(page);
  const check = await hold(page, 'check');
  await page.getByLabel('seed', { exact: true }).fill('5');
  await button(page, 'Run again').click();
  await check.answer();
  await page.waitForFunction(() => window.lab.specs.at(-1)?.seed === 5);
  await untilPhase(page, 'finished');
  expect(await page.evaluate(() => window.lab.calls)).toEqual(['open', 'run 1', 'close 1', 'open', 'run 2']);
  // What is wrong is not run at all.
  await page.getByLabel('seed', { exact: true }).fill('-1');
  await button(page, 'Run again').click();
  await page.getByText('These settings cannot be run').waitFor();
  expect(await page.evaluate(() => window.lab.calls.length)).toBe(5);
});

test('Run pressed while the run is being opened is not forgotten when settings change meanwhile', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  const opening = await hold(page, 'open');
  await fill(page, 'seed', '5');
  await opening.untilAsked(1);
  await button(page, 'Run').click();
  await fill(page, 'seed', '6');
  await opening.untilAsked(2);
  await opening.answer();
  await untilPhase(page, 'finished');
  expect(await lastSpec(page)).toMatchObject({ seed: 6 });
});

test('a finished run is kept, survives a reload, and can be laid over another', async () => {
  const page = await open();
  await run(page);
  await rows(page).first().waitFor();
  expect(await rows(page).allInnerTexts()).toEqual(['shapes · MLP 32·32']);
  await fill(page, 'hidden layers', '8');
  await button(page, 'Restart with changes').click();
  await page.waitForFunction(() => window.lab.specs.length === 2);
  await untilPhase(page, 'finished');
  await page.waitForFunction(() => document.querySelector('lab-runs-table')!.rows.length === 2);
  const chips = await page.evaluate(() => document.querySelector('lab-runs-table')!.rows.at(-1)!.changes);
  expect(chips).toEqual([{ label: 'hidden layers', value: '8' }]);
  await page.reload();
  await page.waitForFunction(() => document.querySelector('lab-runs-table')?.rows.length === 2);
  // The settings are as they were left.
  await page.waitForFunction(
    () => (window.lab.specs.at(-1)?.model as { hidden: number[] } | undefined)?.hidden.length === 1,
  );
  await page.getByLabel('Show “shapes · MLP 32·32” on the chart').check();
  await page.waitForFunction(() =>
    document.querySelector('lab-chart')!.series.some(({ label }) => label === 'shapes · MLP 32·32'),
  );
});

test('kept runs go into a file and come back; a wrong file changes nothing', async () => {
  const page = await open();
  await run(page);
  await rows(page).first().waitFor();
  const downloading = page.waitForEvent('download');
  await button(page, 'Save as JSON').click();
  const path = await (await downloading).path();
  await page.getByRole('button', { name: /^Delete/ }).click();
  await page.waitForFunction(() => document.querySelector('lab-runs-table')!.rows.length === 0);
  const input = page.locator('lab-runs-table input[type=file]');
  await input.setInputFiles({
    name: 'a.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"runs": 1}'),
  });
  await page.getByText('The file was not added').waitFor();
  await input.setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: readFileSync(path) });
  await page.waitForFunction(() => document.querySelector('lab-runs-table')!.rows.length === 1);
  await button(page, 'Undo').click();
  await page.waitForFunction(() => document.querySelector('lab-runs-table')!.rows.length === 2);
});

test('an own text stays here: pasted or from a file, and not in the link', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await page.getByLabel('task', { exact: true }).selectOption('text');
  const field = page.getByRole('textbox', { name: 'Your own text' });
  await field.fill('too short');
  await renderAnew(page, 'sandbox-page');
  await field.press('Tab');
  await page.getByText('must be a text of 100 to').first().waitFor();
  const own = 'The secret of the sea is salt and time. '.repeat(40);
  await page.locator('.own-text input[type=file]').setInputFiles({
    name: 'sea.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(own),
  });
  await page.waitForFunction(() =>
    (window.lab.specs.at(-1)?.task as { text?: string }).text?.includes('secret'),
  );
  await page.locator('.own-text input[type=file]').setInputFiles({
    name: 'picture.png',
    mimeType: 'image/png',
    buffer: Buffer.from([0xff, 0xd8, 0xff]),
  });
  await page.getByText('not a text in UTF-8').waitFor();
  await untilPhase(page, 'ready');
  await button(page, 'Share').click();
  await page.getByText('Your own text is not in the link').waitFor();
  const link = await page.getByRole('dialog').getByLabel('Link').inputValue();
  const other = await open(link.split('#/')[1]);
  await untilPhase(other, 'ready');
  expect(JSON.stringify(await lastSpec(other))).not.toContain('secret');
});

test('the tries of the text set the knobs; its marks point at the chart', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await button(page, 'Learn to copy with attention alone').click();
  await page.waitForFunction(() => (window.lab.specs.at(-1)?.task as { name: string }).name === 'induction');
  await run(page);
  await page.getByRole('button', { name: 'the last', exact: true }).click();
  await page.locator('lab-chart .where').waitFor();
});

test.each([
  ['run', 1440, 'light', 'en'],
  ['run', 390, 'dark', 'zh-CN'],
  ['sweep', 1440, 'dark', 'zh-CN'],
  ['sweep', 390, 'light', 'en'],
] as const)(
  'axe finds nothing: %s, %i px wide, %s, %s; nothing hangs over',
  async (mode, width, colorScheme, locale) => {
    const page = await open(
      'sandbox',
      { stepsPerTick: 500 },
      { viewport: { width, height: 844 }, colorScheme, locale },
    );
    await run(page);
    await rows(page).first().waitFor();
    await page.locator('lab-runs-table input[type=checkbox]').check();
    if (mode === 'sweep') {
      await page.locator('lab-segments button').nth(1).click();
      await untilPhase(page, 'ready', 'lab-plan-bar');
      await page.locator('lab-plan-bar').getByRole('button').first().click();
      await untilPhase(page, 'finished', 'lab-plan-bar');
    }
    // Under the page's sticky head a button looks too small to axe.
    await page.evaluate(() => scrollTo(0, 0));
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  },
);
