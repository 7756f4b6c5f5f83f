/** Embedded figures that train, on the engine itself: Chromium's own software GPU where there is no other. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { SCRIPT, tinySpec, useEmbed } from '../support/embed.ts';
import { heard, type Heard, listen, PATIENCE, seedsOf, until } from '../support/embed-events.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);

test('a spec trains when it is asked to, tells of it, and gives its results and a picture', async () => {
  const page = await embed.open(`${SCRIPT}<scaling-lab id="a" spec='${tinySpec()}'></scaling-lab>`, {
    before: listen,
  });
  await until(page, 'lab-ready');
  expect(page.workers()).toHaveLength(0);
  await page.getByRole('button', { name: 'Run it here' }).click();
  await until(page, 'lab-complete');
  const [complete] = await heard(page, 'lab-complete', 'a');
  const results = complete!.detail.results as Record<
    string,
    { losses: { values: number[][] }; step: number }
  >;
  expect(results.run!.step).toBe(40);
  const losses = results.run!.losses.values[0]!;
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
  expect((await heard(page, 'lab-milestone', 'a')).map(({ detail }) => detail.kind)).toContain('begins');
  const size = await page.evaluate(async () => (await document.querySelector('scaling-lab')!.toBlob()).size);
  expect(size).toBeGreaterThan(2000);
});

test('pausing holds the step, and going on gives the curve that an undisturbed run gives', async () => {
  // Bits are promised for one device; which one is faster is measured by each page anew.
  const figures = ['a', 'b'].map(
    (id) => `<scaling-lab id="${id}" device="gpu" spec='${tinySpec(2000)}'></scaling-lab>`,
  );
  const page = await embed.open(`${SCRIPT}${figures[0]!}`, { before: listen });
  await until(page, 'lab-ready');
  // In the page: a press from here might come when all is done.
  await page.evaluate(() => {
    const figure = document.querySelector('scaling-lab')!;
    figure.addEventListener('lab-progress', () => figure.pause(), { once: true });
    void figure.run();
  });
  await page.waitForFunction(() => {
    const { heard } = window as unknown as { heard: Heard[] };
    return heard.some(({ detail }) => detail.kind === 'paused');
  });
  const before = (await heard(page, 'lab-progress', 'a')).length;
  await page.waitForTimeout(400);
  expect((await heard(page, 'lab-progress', 'a')).length).toBeLessThanOrEqual(before + 1);
  expect(await heard(page, 'lab-complete')).toEqual([]);
  await page.evaluate(() => document.querySelector('scaling-lab')!.run());
  await until(page, 'lab-complete', 'a');

  const other = await embed.open(`${SCRIPT}${figures[1]!}`, { before: listen });
  await until(other, 'lab-ready');
  await other.evaluate(() => document.querySelector('scaling-lab')!.run());
  await until(other, 'lab-complete', 'b');
  const losses = async (page: Page): Promise<unknown> =>
    (
      (await heard(page, 'lab-complete'))[0]!.detail.results as Record<
        string,
        { losses: { values: number[][] } }
      >
    ).run!.losses.values;
  expect(await losses(page)).toEqual(await losses(other));
});

test('a knob that is turned before anything has run, or after Reset, counts; the results say which seed they have', async () => {
  const page = await embed.open(
    `${SCRIPT}<scaling-lab id="a" controls="run seed" spec='${tinySpec(40, 7)}'></scaling-lab>`,
    { before: listen },
  );
  const turn = async (seed: string): Promise<void> => {
    await page.getByLabel('seed').fill(seed);
    await page.getByLabel('seed').press('Enter');
  };
  const status = page.getByRole('status');
  await status.waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Run it here' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('lab-plan-bar button:focus').waitFor();
  await expect.poll(() => seedsOf(page), PATIENCE).toEqual([[7, 7]]);
  await status.getByText('Finished').waitFor();
  await page.getByRole('button', { name: 'Reset' }).click();
  await turn('8');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(async () => (await seedsOf(page)).at(-1), PATIENCE).toEqual([8, 8]);
});

test('run() heeds what was set or reset just before it', async () => {
  const page = await embed.open(`${SCRIPT}<scaling-lab id="a" spec='${tinySpec()}'></scaling-lab>`, {
    before: listen,
  });
  await until(page, 'lab-ready');
  const gives = async (seed: number, properties: object, reset = false): Promise<void> => {
    const before = await seedsOf(page);
    await page.evaluate(
      ([properties, reset]) => {
        const figure = Object.assign(document.querySelector('scaling-lab')!, properties);
        if (reset) figure.reset();
        return figure.run();
      },
      [properties, reset] as const,
    );
    await expect.poll(() => seedsOf(page), PATIENCE).toEqual([...before, [seed, seed]]);
  };
  await gives(1, {});
  await gives(1, {}, true);
  await gives(5, { seed: 5 });
  await gives(9, { spec: tinySpec(40, 9), seed: '' }); // then one that is paused
  await page.evaluate((spec) => {
    const figure = Object.assign(document.querySelector('scaling-lab')!, { spec });
    figure.addEventListener('lab-progress', () => figure.pause(), { once: true });
    void figure.run();
  }, tinySpec(2e6));
  await page.getByRole('button', { name: 'Go on' }).waitFor(PATIENCE);
  await gives(6, { seed: 6, changes: { steps: 40 } });
});

test('in an iframe from another origin it trains, and its height is told to the page around', async () => {
  const spec = encodeURIComponent(tinySpec());
  const page = await embed.open(
    `<script>heights = []; onmessage = ({ data }) => data.type === 'scaling-lab-height' && heights.push(data.height)</script>
     <iframe title="figure" width="700" height="600" src="ORIGIN/embed.html?spec=${spec}"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Run it here' }).click();
  await frame.locator('lab-plan-bar').getByText('finished').waitFor(PATIENCE);
  const height = (): Promise<number> =>
    page.evaluate(() => (window as unknown as { heights: number[] }).heights.at(-1)!);
  await expect.poll(height).toBeGreaterThan(400);
});

test.each([
  [
    'a step too large',
    {
      ...(JSON.parse(tinySpec()) as object),
      batch: 65536,
      model: { kind: 'mlp', hidden: [1024, 1024, 1024] },
    },
  ],
  ['a run without end', { ...(JSON.parse(tinySpec(1e7)) as object), batch: 65536 }],
  [
    'a sweep of thousands',
    { spec: JSON.parse(tinySpec()) as object, axes: [{ seed: Array.from({ length: 900 }, (_, i) => i) }] },
  ],
  ['an unknown task', { task: { name: '<img src=x onerror=alert(1)>' } }],
])('a spec with %s is refused before anything is trained', async (_what, spec) => {
  const page = await embed.open(`${SCRIPT}<scaling-lab id="a"></scaling-lab>`, { before: listen });
  await page.evaluate((spec) => {
    document.querySelector('scaling-lab')!.spec = spec;
  }, spec);
  await until(page, 'lab-ready');
  await page.evaluate(() => document.querySelector('scaling-lab')!.run());
  await page.locator('scaling-lab').getByRole('alert').waitFor();
  const errors = await heard(page, 'lab-error');
  expect(errors.at(-1)!.detail.message).toMatch(/FLOPs|runs; a figure|takes at most|task/);
  expect(await heard(page, 'lab-progress')).toEqual([]);
  expect(await page.locator('scaling-lab img').count()).toBe(0);
});

test('a lost GPU and a worker that hangs are told to the page around, and training goes on', async () => {
  const page = await embed.open(
    `${SCRIPT}<scaling-lab id="a" device="gpu" spec='${tinySpec(3000)}'></scaling-lab>`,
    {
      before: listen,
    },
  );
  await until(page, 'lab-ready');
  await page.evaluate(() => document.querySelector('scaling-lab')!.run());
  await until(page, 'lab-progress', 'a');
  await page.workers()[0]!.evaluate(() => (self as unknown as { loseDevice: () => void }).loseDevice());
  await until(page, 'lab-recovered', 'a');
  expect((await heard(page, 'lab-recovered'))[0]!.detail).toEqual({ reason: 'gpu', key: 'run' });

  // The worker's thread is caught in a loop: nothing it is asked is answered.
  void page
    .workers()[0]!
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await until(page, 'lab-error', 'a');
  expect((await heard(page, 'lab-error'))[0]!.detail.name).toBe('WorkerSilent');
  await page.getByRole('button', { name: 'End it and start again' }).click();
  await until(page, 'lab-complete', 'a');
  expect((await heard(page, 'lab-recovered')).at(-1)!.detail.reason).toBe('worker');
});
