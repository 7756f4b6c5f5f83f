/** Embedded figures that train, on the engine itself: Chromium's own software GPU where there is no other. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { LabPlanBar } from '../../src/components/lab-plan-bar.ts';
import { SCRIPT, tinySpec, useEmbed } from '../support/embed.ts';
import { longestTasks } from '../support/main-thread.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 60_000 };

interface Heard {
  name: string;
  id: string;
  detail: Record<string, unknown>;
}

/** Notes all events of figures, and counts what the worker holds of the GPU. */
function listen(): void {
  const heard: Heard[] = [];
  Object.assign(window, { heard });
  for (const name of [
    'lab-ready',
    'lab-progress',
    'lab-milestone',
    'lab-complete',
    'lab-error',
    'lab-recovered',
  ]) {
    addEventListener(name, (event) => {
      const { detail, target } = event as CustomEvent<Record<string, unknown>>;
      heard.push({ name, id: (target as Element).id, detail });
    });
  }
  const count = `{
    const gpu = (self.gpu = { devices: 0, bytes: 0 });
    self.loseDevice = () => undefined;
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...of) {
      gpu.devices++;
      const device = await requestDevice.apply(this, of);
      self.loseDevice = () => device.destroy();
      return device;
    };
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (...of) {
      const buffer = createBuffer.apply(this, of); gpu.bytes += buffer.size; return buffer;
    };
    const gone = new WeakSet(), { destroy } = GPUBuffer.prototype;
    GPUBuffer.prototype.destroy = function () {
      if (!gone.has(this)) { gone.add(this); gpu.bytes -= this.size; }
      destroy.call(this);
    };
  }\n`;
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => make(new Blob([count, blob as Blob], { type: 'text/javascript' }));
}

const heard = (page: Page, name: string, id?: string): Promise<Heard[]> =>
  page.evaluate(
    ([name, id]) =>
      (window as unknown as { heard: Heard[] }).heard.filter(
        (event) => event.name === name && (id === undefined || event.id === id),
      ),
    [name, id] as const,
  );

async function until(page: Page, name: string, id?: string): Promise<void> {
  await page.waitForFunction(
    ([name, id]) =>
      (window as unknown as { heard: Heard[] }).heard.some(
        (event) => event.name === name && (id === undefined || event.id === id),
      ),
    [name, id] as const,
    PATIENCE,
  );
}

/** Of each experiment that has ended: as it is told, and as its run had it. */
const seedsOf = async (page: Page): Promise<unknown[]> =>
  (await heard(page, 'lab-complete')).map(({ detail }) => [
    detail.seed,
    (detail.results as Record<string, { spec: { seed: number } }>).run!.spec.seed,
  ]);

const gpu = (page: Page): Promise<{ devices: number; bytes: number }> =>
  page.workers()[0]!.evaluate(() => (self as unknown as { gpu: { devices: number; bytes: number } }).gpu);

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
  const figures = ['a', 'b'].map((id) => `<scaling-lab id="${id}" spec='${tinySpec(6000)}'></scaling-lab>`);
  const page = await embed.open(`${SCRIPT}${figures[0]!}`, { before: listen });
  await until(page, 'lab-ready');
  await page.evaluate(() => document.querySelector('scaling-lab')!.run());
  await until(page, 'lab-progress', 'a');
  await page.evaluate(() => document.querySelector('scaling-lab')!.pause());
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
    (id, i) => `<scaling-lab id="${id}" reveal="auto" spec='${tinySpec(40, i + 1)}'></scaling-lab>`,
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
    `${SCRIPT}<scaling-lab id="a" spec='${tinySpec(2e6)}'></scaling-lab><div id="there"></div><div id="far" style="margin-top: 3000px"></div>`,
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
    `${SCRIPT}<scaling-lab id="a" device="gpu" spec='${tinySpec(6000)}'></scaling-lab>`,
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
