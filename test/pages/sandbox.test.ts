/** The sandbox with a pretended lab: forms, runs, kept runs, links, keyboard, axe. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { hold } from '../support/hold.ts';
import {
  button,
  fill,
  lastSpec,
  pack,
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

test('a link gives a fresh visitor the same run, and says whether the bits are the same', async () => {
  const page = await open();
  await untilPhase(page, 'ready');
  await fill(page, 'seed', '7');
  await page.waitForFunction(() => window.lab.specs.at(-1)?.seed === 7);
  await run(page);
  await rows(page).first().waitFor();
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog');
  const link = await dialog.getByLabel('Link').inputValue();
  expect(link).toMatch(/#\/sandbox\?s=[\w-]+$/);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  const other = await open(link.split('#/')[1]);
  await other.getByText('Opened from a link').waitFor();
  await run(other);
  expect(await lastSpec(other)).toEqual(await lastSpec(page));
  await other.getByText('The same bits').waitFor();
});

test('a result is shared with the settings that gave it, and held against a link by them', async () => {
  const page = await open();
  await run(page);
  await fill(page, 'seed', '7');
  await button(page, 'Restart with changes').waitFor();
  await button(page, 'Share').click();
  const link = await page.getByRole('dialog').getByLabel('Link').inputValue();
  const other = await open(link.split('#/')[1], { stepsPerTick: 20, tickMs: 20 });
  await untilPhase(other, 'ready');
  await button(other, 'Run').click();
  await fill(other, 'seed', '7');
  await untilPhase(other, 'finished');
  await other.getByText('The same bits').waitFor();
  expect(await lastSpec(other)).toMatchObject({ seed: 1 });
});

test('a link from another GPU is recognised by its digest', async () => {
  const shared = {
    lesson: 'sandbox',
    size: 'standard',
    seed: 1,
    changes: { 'task.name': 'shapes', 'model.kind': 'mlp', steps: 200 },
    result: { device: 'Somebody’s GPU', digest: '00000000', numbers: { loss: 1 } },
  };
  const page = await open(`sandbox?s=${pack(shared)}`);
  await page.getByText('Opened from a link').waitFor();
  await run(page);
  await page.getByText('it was made on Somebody’s GPU, yours on Pretend GPU 7').waitFor();
});

test.each([
  ['cut off', 'abc', 'damaged'],
  [
    'with settings that the engine refuses',
    pack({ lesson: 'sandbox', size: 'standard', seed: 1, changes: { 'task.name': 'shapes', steps: -1 } }),
    'steps: must be an integer',
  ],
  [
    'into a prototype',
    pack({ lesson: 'sandbox', size: 'standard', seed: 1, changes: { 'task.name': '__proto__' } }),
    'task.name',
  ],
  ['of another page', pack({ lesson: 'mirage', size: 'standard', seed: 1 }), 'belongs to the page'],
])('a link %s is refused, and the page begins as usual', async (_, packed, message) => {
  const page = await open(`sandbox?s=${packed}`);
  await page.getByTestId('link-problem').getByText(message).waitFor();
  await untilPhase(page, 'ready');
  expect(await lastSpec(page)).toMatchObject({ task: { name: 'shapes' }, model: { hidden: [32, 32] } });
});

const LONG = {
  'task.name': 'shapes',
  'model.kind': 'mlp',
  'model.hidden': [64, 64],
  batch: 2048,
  steps: 1_000_000,
};
const sweepOf = (path: string, text: string): object => ({ sweep: { axes: [[{ path, text }]] } });

test.each([
  ['a run', { ...LONG, steps: 10_000_000, replicas: 64 }, 'lab-run-bar'],
  // One run of it is within the bounds, and the settings below the axis cost next to nothing.
  ['many runs', { ...LONG, ...sweepOf('seed', '1 .. 100') }, 'lab-plan-bar'],
  ['long runs', { ...LONG, steps: 5, ...sweepOf('steps', '10000000, 9000000') }, 'lab-plan-bar'],
  ['budgets', { ...LONG, steps: 5, ...sweepOf('compute', '3e14, 4e14, 5e14') }, 'lab-plan-bar'],
  [
    'settings below small axes',
    { ...LONG, steps: 10_000_000, replicas: 64, ...sweepOf('steps', '5, 6') },
    'lab-plan-bar',
  ],
] as const)('a link that asks for much by %s says so and waits for a press', async (_, changes, bar) => {
  const page = await open(`sandbox?s=${pack({ lesson: 'sandbox', size: 'standard', seed: 1, changes })}`);
  const asks = page.getByTestId('link-asks');
  await asks.getByText(/asks your device for a lot: .* in all|numbers to keep/).waitFor();
  // What it asks for is not there, and the page is as it usually begins.
  await untilPhase(page, 'ready');
  expect(await lastSpec(page)).toMatchObject({ model: { hidden: [32, 32] } });
  expect(await page.evaluate(() => window.lab.specs.some(({ batch }) => batch === 2048))).toBe(false);
  await asks.getByRole('button').click();
  await page.getByText('Opened from a link').waitFor();
  await untilPhase(page, 'ready', bar);
  expect(await asks.count()).toBe(0);
});

test('a link with a small sweep opens at once, and so does one whose axes cannot be read', async () => {
  for (const text of ['1 .. 3', '1 .. nothing']) {
    const changes = { ...LONG, steps: 5, ...sweepOf('seed', text) };
    const page = await open(`sandbox?s=${pack({ lesson: 'sandbox', size: 'standard', seed: 1, changes })}`);
    await page.getByText('Opened from a link').waitFor();
    expect(await page.getByTestId('link-asks').count()).toBe(0);
  }
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
