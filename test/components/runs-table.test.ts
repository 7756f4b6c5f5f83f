/** The table of kept runs: sorting, selecting, renaming, deleting with a way back, files, keyboard, axe. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RunsAction, RunsEvent } from '../../src/components/lab-runs-table.ts';
import { type RunRow, runsCSV, sorted } from '../../src/components/runs-rows.ts';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();

const rows: RunRow[] = [
  {
    id: '1',
    name: 'plain',
    changes: [],
    numbers: { loss: 0.5, parameters: 1186 },
    device: 'Pretend GPU 7',
    date: '2026-11-23T12:00:00.000Z',
  },
  {
    id: '2',
    name: 'a wide one',
    changes: [{ label: 'width', value: '128' }],
    numbers: { loss: 0.31, parameters: 20_000 },
    device: 'Pretend GPU 7',
    date: '2026-11-23T12:01:00.000Z',
    look: { color: 'c3', dash: [7, 4] },
  },
  {
    id: '3',
    name: '=SUM(A1)',
    changes: [
      { label: 'learning rate', value: '1' },
      { label: 'activation', value: 'square' },
    ],
    numbers: { parameters: 300 },
    device: 'another, older one',
    date: '2026-11-22T12:01:00.000Z',
  },
];
const columns = [
  { key: 'loss', label: 'held-out loss' },
  { key: 'parameters', label: 'parameters' },
];

/** The table on a page of its own, with an owner that does what is asked. */
async function open(width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const page = await browser.open('test/support/components.html', {
    viewport: { width, height: 844 },
    colorScheme,
    hasTouch: width < 500,
  });
  await page.waitForSelector('html[data-ready]');
  await page.evaluate(
    ({ rows, columns }) => {
      const table = document.createElement('lab-runs-table');
      Object.assign(table, { rows, columns });
      const actions: RunsAction[] = [];
      Object.assign(window, { actions });
      table.addEventListener('lab-runs', ({ action }: RunsEvent) => {
        actions.push(action);
        if (action.kind === 'select') table.selected = action.ids;
        if (action.kind === 'hide') table.hiddenRuns = action.ids;
        if (action.kind === 'remove') {
          table.removed = table.rows.find(({ id }) => id === action.id)!.name;
          table.rows = table.rows.filter(({ id }) => id !== action.id);
        }
        if (action.kind === 'undo') Object.assign(table, { rows, removed: undefined });
        if (action.kind === 'rename')
          table.rows = table.rows.map((row) => (row.id === action.id ? { ...row, name: action.name } : row));
      });
      document.querySelector('main')!.append(table);
    },
    { rows, columns },
  );
  await page.getByRole('rowheader').first().waitFor();
  return page;
}

const names = (page: Page): Promise<string[]> => page.getByRole('rowheader').allInnerTexts();
const actions = (page: Page): Promise<RunsAction[]> =>
  page.evaluate(() => (window as unknown as { actions: RunsAction[] }).actions);

test('sorts by any column, both ways; what has no number comes last', async () => {
  const page = await open();
  expect(await names(page)).toEqual(['=SUM(A1)', 'plain', 'a wide one']);
  await page.getByRole('button', { name: 'held-out loss' }).click();
  expect(await names(page)).toEqual(['a wide one', 'plain', '=SUM(A1)']);
  await page.getByRole('button', { name: 'held-out loss' }).press('Enter');
  expect(await names(page)).toEqual(['plain', 'a wide one', '=SUM(A1)']);
  expect(await page.getByRole('columnheader', { name: 'held-out loss' }).getAttribute('aria-sort')).toBe(
    'descending',
  );
});

test('puts several runs on the chart', async () => {
  const page = await open();
  await page.getByLabel('Show “plain” on the chart').check();
  await page.getByLabel('Show “a wide one” on the chart').press('Space');
  expect((await actions(page)).at(-1)).toEqual({ kind: 'select', ids: ['1', '2'] });
});

test('renames by keyboard: Enter keeps the name, Escape does not', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Rename “plain”' }).press('Enter');
  await page.getByLabel('New name of “plain”').fill('nothing changed');
  await page.keyboard.press('Enter');
  expect(await names(page)).toContain('nothing changed');
  await page.getByRole('button', { name: 'Rename “a wide one”' }).click();
  await page.getByLabel('New name of “a wide one”').fill('x');
  await page.keyboard.press('Escape');
  expect(await names(page)).toContain('a wide one');
  expect((await actions(page)).filter(({ kind }) => kind === 'rename')).toHaveLength(1);
  // The focus is back where it was.
  await page.waitForFunction(
    () =>
      document.querySelector('lab-runs-table')!.shadowRoot!.activeElement?.getAttribute('aria-label') ===
      'Rename “a wide one”',
  );
});

test('deletes with a way back, and hides', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Delete “plain”' }).click();
  expect(await names(page)).not.toContain('plain');
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await names(page)).toContain('plain');
  await page.getByRole('button', { name: 'Hide “plain”' }).click();
  expect(await names(page)).not.toContain('plain');
  await page.getByRole('button', { name: 'Show 1 hidden' }).click();
  await page.getByRole('button', { name: 'Unhide “plain”' }).click();
  expect((await actions(page)).at(-1)).toEqual({ kind: 'hide', ids: [] });
});

test('asks for files, and shows what is wrong with one', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  await page.setInputFiles('input[type=file]', {
    name: 'runs.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  });
  expect((await actions(page)).map(({ kind }) => kind)).toEqual(['export', 'export', 'import']);
  await page.evaluate(
    () => (document.querySelector('lab-runs-table')!.refused = ['file.runs.0.name: must be a text']),
  );
  await page.getByText('runs.0.name: must be a text').waitFor();
});

test('CSV: all numbers in full, texts quoted, no formulas', () => {
  const words = { name: 'run', changes: 'changed', device: 'device', date: 'date' };
  expect(runsCSV(rows, columns, words).split('\n').slice(0, 4)).toEqual([
    'run,changed,held-out loss,parameters,device,date',
    'plain,,0.5,1186,Pretend GPU 7,2026-11-23T12:00:00.000Z',
    'a wide one,width 128,0.31,20000,Pretend GPU 7,2026-11-23T12:01:00.000Z',
    `'=SUM(A1),"learning rate 1, activation square",,300,"another, older one",2026-11-22T12:01:00.000Z`,
  ]);
  expect(sorted(rows, { by: 'n:loss', rising: false }).map(({ id }) => id)).toEqual(['1', '2', '3']);
});

test.each([
  [1280, 'light'],
  [390, 'light'],
  [390, 'dark'],
] as const)('axe finds nothing, %i px wide, %s; nothing hangs over', async (width, theme) => {
  const page = await open(width, theme);
  await page.getByLabel('Show “plain” on the chart').check();
  await page.getByRole('button', { name: 'Delete “=SUM(A1)”' }).click();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
