/** Three lessons and an experiment by keyboard alone: Tab, Enter, space and arrows. The focus is seen after each step, and never lost. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import type { FakeOptions } from '../support/fake-lab.ts';
import { untilPhase, useLessons, verdict } from '../support/lesson-page.ts';

const { open } = useLessons();
const LAB: FakeOptions = { tickMs: 1, stepsPerTick: 2000, recorded: 'shipped' };
/** More than any page has of things that take the focus. */
const MOST_TABS = 150;

interface Focus {
  name: string;
  role: string;
  seen: boolean;
}

/** What has the focus, in whatever shadow it lies, and whether that can be seen. */
const focus = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    let element = document.activeElement!;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { width, height, top, bottom } = element.getBoundingClientRect();
    const label = (element as HTMLInputElement).labels?.[0];
    return {
      name: (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent).trim(),
      role: element.getAttribute('role') ?? element.localName,
      seen:
        element !== document.body &&
        outlineStyle !== 'none' &&
        parseFloat(outlineWidth) > 0 &&
        width * height > 0 &&
        bottom > 0 &&
        top < innerHeight,
    };
  });

async function expectSeen(page: Page, after: string): Promise<void> {
  await expect.poll(() => focus(page), { message: `the focus after ${after}` }).toMatchObject({ seen: true });
}

/** Tabs on to what has that name. */
async function tabTo(page: Page, name: RegExp, role?: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    const here = await focus(page);
    if (name.test(here.name) && (role === undefined || here.role === role)) {
      expect(here).toMatchObject({ seen: true });
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${String(name)}`);
}

async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await expectSeen(page, key);
}

async function activate(page: Page, name: RegExp, key: 'Enter' | ' ' = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await press(page, key);
}

/** From home to the lesson. */
async function arrive(page: Page, question: RegExp): Promise<void> {
  await tabTo(page, question, 'a');
  await page.keyboard.press('Enter');
  await untilPhase(page, 'ready');
  // The heading has the focus, for readers of the screen; the next Tab shows where it is.
  await expect.poll(() => focus(page)).toMatchObject({ role: 'h1' });
}

async function runToVerdict(page: Page): Promise<void> {
  await activate(page, /^Run$/);
  await untilPhase(page, 'finished');
  await expectSeen(page, 'the run');
  expect(await verdict(page).locator('b').innerText()).toMatch(/^The claim .+ in your run$/);
}

/** A preset, a restart with it, and the check. */
async function tryAndCheck(page: Page, preset: RegExp): Promise<void> {
  await activate(page, preset);
  await page.getByText('Changed, takes effect on restart').waitFor();
  await activate(page, /^Restart with changes$/, ' ');
  await page.waitForFunction(() => window.lab.plans.length === 2);
  await untilPhase(page, 'finished');
  await expectSeen(page, 'the restart');
  await tabTo(page, /./, 'input');
  while (
    !(await page.locator('.quiz input').evaluateAll((all) => all.includes(document.activeElement as never)))
  ) {
    await page.keyboard.press('Tab');
  }
  await press(page, ' ');
  expect(await page.locator('.reason').isVisible()).toBe(true);
  await press(page, 'ArrowDown');
  expect(await page.locator('.reason .note').innerText()).toMatch(/^Your run (agrees|says otherwise)/);
  await tabTo(page, /^Scaling Lab$/);
  await page.keyboard.press('Enter');
  await page.locator('.path .t', { hasText: 'done ✓' }).waitFor();
}

test('shape: stepped and reset, the focus stays on the button', async () => {
  const page = await open('shape');
  const untilStep = (step: number): Promise<unknown> =>
    page.waitForFunction((step) => {
      const bar = document.querySelector('lab-run-bar');
      return bar?.step === step && (bar.phase === 'ready' || bar.phase === 'paused');
    }, step);
  await untilStep(0);
  for (const [name, steps] of [['Step', [1, 2]], ['Reset', [0]]] as const /* prettier-ignore */) {
    await tabTo(page, new RegExp(`^${name}$`));
    for (const step of steps) {
      await page.keyboard.press('Enter');
      await untilStep(step);
      expect(await focus(page)).toMatchObject({ name, seen: true });
    }
  }
});

/** Draws from left to right, by arrow keys. */
async function drawByKeys(page: Page, ...keys: readonly string[]): Promise<void> {
  await tabTo(page, /^Your prediction/, 'slider');
  for (const key of keys) await press(page, key);
}

test('kernels: a number is typed', async () => {
  const page = await open('', LAB, { waits: true });
  await arrive(page, /What does the GPU do all day/);
  await tabTo(page, /^Your number/, 'input');
  await page.keyboard.type('4');
  await press(page, 'Enter');
  await activate(page, /^That is my prediction$/);
  await runToVerdict(page);
  await tryAndCheck(page, /^Take larger batches$/);
});

test('learning: a curve is drawn', async () => {
  const page = await open('', LAB, { waits: true });
  await arrive(page, /What is a loss curve/);
  await drawByKeys(page, 'ArrowUp', 'End', 'ArrowDown');
  await activate(page, /^That is my prediction$/);
  await runToVerdict(page);
  await tryAndCheck(page, /^Give it only 32 points$/);
});

test('scaling-laws: the line is set when the largest model waits for it', async () => {
  const page = await open('', LAB, { waits: true });
  await arrive(page, /How does the loss fall with size, data and compute/);
  await activate(page, /^Train the others here first$/);
  await untilPhase(page, 'paused');
  await expectSeen(page, 'the run');
  await drawByKeys(page, 'ArrowDown');
  await activate(page, /^That is my prediction$/);
  await untilPhase(page, 'finished');
  await expectSeen(page, 'the commitment');
  expect(await verdict(page).locator('.against').innerText()).toMatch(/^You predicted .+; your run gave 0\./);
  await tryAndCheck(page, /^Make a fifth of the answers random$/);
});

test('the prediction is among the first twelve stops of the tab key, in every lesson', async () => {
  for (const name of EXPERIMENT_NAMES) {
    const page = await open(`lesson/${name}`, LAB, { waits: true });
    await page.waitForSelector('.asking');
    const names: string[] = [];
    const isPrediction = (name: string): boolean => /^Your (prediction|number)/.test(name);
    while (names.length < 12 && !names.some(isPrediction)) {
      await page.keyboard.press('Tab');
      names.push((await focus(page)).name);
    }
    expect(names.some(isPrediction), `${name}: ${names.join(', ')}`).toBe(true);
    await page.context().close();
  }
});
