/** Two tabs of one browser on one experiment: the work is shared, and none waits for a tab that is closed. */
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { encodeLink, type Shared } from '../../src/state/link.ts';
import type { RunResult } from '../../src/worker/protocol.ts';
import { onOneCore, useBrowser } from '../support/browser.ts';

const browser = useBrowser(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 120_000 };
const ELSEWHERE = 'Another tab of this browser is training this';

/** A sweep over widths; the device is asked for, as its bits are compared. */
async function sweepOf(widths: string, steps: number): Promise<string> {
  const model = { 'model.kind': 'mlp', 'model.hidden': [8], 'task.name': 'shapes', batch: 16 };
  const sweep = { axes: [[{ path: 'model.hidden', text: widths }]] };
  const changes = { ...model, steps, sweep };
  const shared: Shared = { lesson: 'sandbox', size: 'standard', seed: 3, changes, prediction: {}, view: {} };
  return `?device=cpu#/sandbox?s=${await encodeLink(shared)}`;
}

async function untilPhase(page: Page, ...phases: string[]): Promise<void> {
  await page.waitForFunction(
    (phases) => phases.includes(document.querySelector('lab-plan-bar')?.phase ?? ''),
    phases,
    PATIENCE,
  );
}

/** Whatever the button that begins, or goes on, says. */
const run = (page: Page): Promise<void> =>
  page
    .locator('lab-plan-bar')
    .getByRole('button', { name: /^(Run|Go on)$/ })
    .first()
    .click();

interface Standing {
  states: string[];
  /** of the run under way */
  step: number;
}
const standing = (page: Page): Promise<Standing> =>
  page.evaluate(() => {
    const { entries, progress } = document.querySelector('lab-plan-bar')!;
    return { states: entries.map(({ state }) => state), step: progress?.step ?? 0 };
  });

/** Results by the run's id, and the steps to which interrupted runs were kept, as the browser's database has them. */
const kept = (page: Page): Promise<{ results: [string, RunResult['evaluations']][]; steps: number[] }> =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const database = await asked(indexedDB.open('scaling-lab'));
    const of = <T>(table: string, get: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
      asked(get(database.transaction(table).objectStore(table)));
    const [keys, records, parts] = [
      await of('results', (store) => store.getAllKeys()),
      (await of('results', (store) => store.getAll())) as { result: RunResult }[],
      (await of('parts', (store) => store.getAll())) as { result: RunResult }[],
    ];
    database.close();
    return {
      results: records.map(({ result }, i) => [keys[i] as string, result.evaluations]),
      steps: parts.map(({ result }) => result.step),
    };
  });

/** A second tab on what the first has open. */
async function another(first: Page, link: string): Promise<Page> {
  const page = await first.context().newPage();
  await page.goto(new URL(link, inject('pages')).href);
  await untilPhase(page, 'ready', 'paused');
  return page;
}

test('the second tab is told that the first trains the run, and goes on with it when the first is closed', async () => {
  const link = await sweepOf('8', 400_000);
  const first = await browser.open(link, { before: onOneCore });
  await untilPhase(first, 'ready');
  await run(first);
  await expect.poll(async () => (await kept(first)).steps, PATIENCE).toHaveLength(1);
  const second = await another(first, link);
  await run(second);
  await second.getByText(ELSEWHERE).waitFor(PATIENCE);
  const { steps } = await kept(second);
  await first.close();

  await second.getByText(ELSEWHERE).waitFor({ state: 'detached', ...PATIENCE });
  const step = await second.waitForFunction(
    () => document.querySelector('lab-plan-bar')!.progress?.step,
    undefined,
    PATIENCE,
  );
  expect(await step.jsonValue()).toBeGreaterThanOrEqual(steps[0]!);
  await second.getByRole('button', { name: 'Pause', exact: true }).click();
  await untilPhase(second, 'paused');
}, 300_000);

test('two tabs share a sweep; one is closed, the other ends it with the bits of a sweep that was alone', async () => {
  const link = await sweepOf('8; 12', 120_000);
  const first = await browser.open(link, { before: onOneCore });
  await untilPhase(first, 'ready');
  const second = await another(first, link);
  await run(first);
  await expect.poll(async () => (await standing(first)).states, PATIENCE).toContain('running');
  await run(second);
  await expect.poll(async () => (await standing(second)).states, PATIENCE).toContain('running');
  const states = [(await standing(first)).states, (await standing(second)).states];
  // Each does what the other does not.
  expect(states[0]!.indexOf('running')).not.toBe(states[1]!.indexOf('running'));
  await second.close();
  await untilPhase(first, 'finished');
  expect((await standing(first)).states).toEqual(['done', 'done']);
  const shared = await kept(first);
  expect(shared.steps).toEqual([]);

  const alone = await browser.open(link, { before: onOneCore });
  await untilPhase(alone, 'ready');
  await run(alone);
  await untilPhase(alone, 'finished');
  expect((await kept(alone)).results).toEqual(shared.results);
}, 400_000);
