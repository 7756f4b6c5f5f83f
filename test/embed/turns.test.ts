/** Figures of one page share a device and a worker, take turns, and train in sight only. */
import { expect, test } from 'vitest';
import type { LabPlanBar } from '../../src/components/lab-plan-bar.ts';
import { SCRIPT, tinySpec, useEmbed } from '../support/embed.ts';
import { gpu, heard, type Heard, listen, PATIENCE, until } from '../support/embed-events.ts';
import { longestTasks } from '../support/main-thread.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);

test('ten figures take turns on one device in one worker; nothing trains out of sight; all memory is freed', async () => {
  const figures = Array.from(
    { length: 10 },
    (_, i) =>
      `<scaling-lab id="f${i}" device="gpu" reveal="${[0, 9].includes(i) ? 'auto' : 'manual'}" spec='${tinySpec(i >= 6 ? 200 : 2e6, i + 1)}'></scaling-lab><div style="height:60px"></div>`,
  );
  const page = await embed.open(
    `${SCRIPT}<style>scaling-lab { --lab-chart-height: 200px }</style>${figures.join('')}`,
    { before: listen },
  );
  const training = async (id: string): Promise<number> => (await heard(page, 'lab-progress', id)).length;
  await until(page, 'lab-progress', 'f0');
  expect(page.workers()).toHaveLength(1);
  // The second is in sight as well, and waits.
  await page.evaluate(() => document.querySelector<HTMLElementTagNameMap['scaling-lab']>('#f1')!.run());
  await page.locator('#f1').getByText('Waiting: another figure').waitFor();
  expect(await training('f1')).toBe(0);
  expect(await training('f9')).toBe(0);

  // Scrolled away, the first one rests, and the last one has its turn.
  await expect
    .poll(async () => {
      // The page grows while figures open.
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      return (await heard(page, 'lab-complete', 'f9')).length;
    }, PATIENCE)
    .toBe(1);
  const rests = await training('f0');
  await page.waitForTimeout(500);
  expect(await training('f0')).toBeLessThanOrEqual(rests + 1);
  await page.locator('#f0').getByText('Paused while the figure is out of sight').waitFor();
  await page.evaluate(() => {
    document.querySelector<HTMLElementTagNameMap['scaling-lab']>('#f1')!.pause();
    scrollTo(0, 0);
  });
  await page.waitForFunction(
    (rests) =>
      (window as unknown as { heard: Heard[] }).heard.filter(
        ({ name, id }) => name === 'lab-progress' && id === 'f0',
      ).length >
      rests + 2,
    rests,
    PATIENCE,
  );

  expect(page.workers()).toHaveLength(1);
  expect((await gpu(page)).devices).toBe(1);
  expect((await gpu(page)).bytes).toBeGreaterThan(1000);
  // What nine figures held is freed while the tenth keeps the worker; with it the worker goes, and its device.
  await page.evaluate(() =>
    document.querySelectorAll('scaling-lab:not(#f9)').forEach((figure) => figure.remove()),
  );
  await expect.poll(async () => (await gpu(page)).bytes, PATIENCE).toBe(0);
  expect(page.workers()).toHaveLength(1);
  await page.evaluate(() => document.querySelectorAll('scaling-lab').forEach((figure) => figure.remove()));
  await expect.poll(() => page.workers().length, PATIENCE).toBe(0);
  expect(await heard(page, 'lab-error')).toEqual([]);
});

test('ten figures that train as they come into sight: one device, one worker, and the page stays smooth', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => `f${i}`);
  const figures = ids.map(
    (id, i) =>
      `<scaling-lab id="${id}" reveal="auto" device="gpu" spec='${tinySpec(40, i + 1)}'></scaling-lab>`,
  );
  const page = await embed.open(
    `${SCRIPT}<style>scaling-lab { --lab-chart-height: 200px }</style>${figures.join('<div style="height:300px"></div>')}`,
    { before: listen },
  );
  const done = async (): Promise<string[]> => (await heard(page, 'lab-complete')).map(({ id }) => id);
  await until(page, 'lab-complete', 'f0');
  expect(await done()).not.toContain('f9');
  const tasks = await longestTasks(page, async () => {
    for (const id of ids) {
      await expect
        .poll(async () => {
          // The page grows while figures open.
          await page.locator(`#${id}`).evaluate((figure) => figure.scrollIntoView({ block: 'center' }));
          return done();
        }, PATIENCE)
        .toContain(id);
    }
  });
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0]).toBeLessThan(50);
  expect((await done()).toSorted()).toEqual(ids);
  expect(page.workers()).toHaveLength(1);
  expect((await gpu(page)).devices).toBe(1);
  await page.evaluate(() => document.querySelectorAll('scaling-lab').forEach((figure) => figure.remove()));
  await expect.poll(() => page.workers().length, PATIENCE).toBe(0);
  expect(await heard(page, 'lab-error')).toEqual([]);
});

test('a figure that is moved within its page trains on, unless nobody sees it there', async () => {
  const page = await embed.open(
    `${SCRIPT}<scaling-lab id="a" device="gpu" spec='${tinySpec(2e6)}'></scaling-lab><div id="there"></div><div id="far" style="margin-top: 3000px"></div>`,
    { before: listen },
  );
  await until(page, 'lab-ready');
  await page.evaluate(() => document.querySelector('scaling-lab')!.run());
  await until(page, 'lab-progress');
  const move = (to: string): Promise<void> =>
    page.evaluate((to) => document.querySelector(to)!.append(document.querySelector('scaling-lab')!), to);
  await move('#there');
  const before = (await heard(page, 'lab-progress')).length;
  await expect
    .poll(async () => (await heard(page, 'lab-progress')).length, PATIENCE)
    .toBeGreaterThan(before + 3);
  expect(page.workers()).toHaveLength(1);
  await move('#far');
  await page.getByText('Paused while the figure is out of sight').waitFor(PATIENCE);
  await expect
    .poll(() => page.locator('lab-plan-bar').evaluate(({ phase }: LabPlanBar) => phase))
    .toBe('paused');
});

test('a figure that is gone before its worker has loaded starts none', async () => {
  const page = await embed.open(`${SCRIPT}<scaling-lab spec='${tinySpec()}'></scaling-lab>`, {
    before: () => {
      const make = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        document.title = 'A worker';
        return make(blob);
      };
    },
  });
  await page.route('**/embed-start*', async (route) => {
    await page.evaluate(() => document.querySelector('scaling-lab')!.remove());
    await route.continue();
  });
  const [script] = await Promise.all([
    page.waitForResponse('**/embed-start*'),
    page.getByRole('button', { name: 'Run it here' }).click(),
  ]);
  await page.addScriptTag({ type: 'module', url: script.url() });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await page.title()).toBe('A blog');
});

test('a figure whose plan was begun before has its turn to itself', async () => {
  const figure = (id: string, steps: number): string =>
    `<scaling-lab id="${id}" spec='${tinySpec(steps)}'></scaling-lab>`;
  const page = await embed.open(`${SCRIPT}${figure('a', 2e6)}<div id="there">${figure('b', 6000)}</div>`, {
    before: listen,
  });
  const until = (id: string, kind: string, act: string): Promise<void> =>
    page.evaluate(
      ([id, kind, act]) =>
        new Promise((resolve) => {
          const figure = document.querySelector<HTMLElementTagNameMap['scaling-lab']>(`#${id}`)!;
          figure.addEventListener('lab-milestone', ({ detail }) => detail.kind === kind && resolve());
          void figure[act as 'run']();
        }),
      [id, kind, act] as const,
    );
  await until('b', 'begins', 'run');
  await until('b', 'paused', 'pause');
  await until('a', 'begins', 'run');
  // The same figure anew, for which the worker holds a part; as soon as it has its turn, the other one wants it again.
  await page.evaluate(
    (again) => {
      document.querySelector('#there')!.innerHTML = again;
      const [a, b] = document.querySelectorAll('scaling-lab');
      a!.addEventListener('lab-milestone', ({ detail }) => detail.kind === 'paused' && void a!.run(), {
        once: true,
      });
      void b!.run();
    },
    figure('b', 6000),
  );
  await page.locator('#b').getByText('Waiting: another figure').waitFor(PATIENCE);
  await until('a', 'running', 'pause');
  const told = await page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
  const kinds = told.map(
    ({ id, name, detail }) => `${id} ${name === 'lab-complete' ? 'done' : String(detail.kind)}`,
  );
  const last = kinds.filter((kind) => ['b done', 'a running'].includes(kind)).slice(-2);
  expect(last).toEqual(['b done', 'a running']);
});
