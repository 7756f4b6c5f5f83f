/** The sandbox's links with a pretended lab: given away, opened, refused, and asked for leave. */
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, fill, lastSpec, pack, rows, run, untilPhase, useSandbox } from '../support/sandbox-page.ts';

const open = useSandbox();

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
