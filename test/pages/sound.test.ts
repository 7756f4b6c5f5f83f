/** Sound in a lesson: off until it is asked for, the curves by keys, the run as it trains, and silence afterwards. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, untilPhase, useLessons } from '../support/lesson-page.ts';

const lessons = useLessons();

/** Pitches that were asked for, Hz, in their order; how many contexts were opened, and are closed. */
interface Heard {
  pitches: number[];
  opened: number;
  closed: number;
}
declare global {
  interface Window {
    heard: Heard;
  }
}

/** Writes down what the page's audio is told. */
function listen(): void {
  const heard: Heard = { pitches: [], opened: 0, closed: 0 };
  window.heard = heard;
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor() {
      super();
      heard.opened++;
    }
    override createOscillator(): OscillatorNode {
      const oscillator = super.createOscillator();
      const { frequency } = oscillator;
      Object.defineProperty(frequency, 'value', { set: (pitch: number) => heard.pitches.push(pitch) });
      frequency.setTargetAtTime = (pitch) => {
        heard.pitches.push(pitch);
        return frequency;
      };
      return oscillator;
    }
    override close(): Promise<void> {
      heard.closed++;
      return super.close();
    }
  };
}

const heard = (page: Page): Promise<Heard> => page.evaluate(() => window.heard);

test('off at first; then arrow keys play the points, and a press all of them; turned off, it is silent', async () => {
  const page = await lessons.open('lesson/mirage', { recorded: 'shipped' });
  await page.evaluate(listen);
  await page.locator('lab-chart .plot').focus();
  await page.keyboard.press('ArrowLeft');
  expect((await heard(page)).opened).toBe(0);
  const sound = button(page, 'Sound');
  await sound.click();
  await button(page, 'Hear the curves').waitFor();
  expect(await sound.getAttribute('aria-pressed')).toBe('true');
  expect(await violations(page)).toEqual([]);
  await page.locator('lab-chart .plot').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  // Two curves rise from the smallest size to the largest: what is lower sounds lower.
  await expect.poll(async () => (await heard(page)).pitches.length).toBeGreaterThanOrEqual(4);
  const { pitches } = await heard(page);
  expect(Math.max(...pitches.slice(-2))).toBeLessThan(Math.max(...pitches.slice(0, 2)));
  const before = pitches.length;
  await button(page, 'Hear the curves').click();
  await button(page, 'Stop').waitFor();
  await button(page, 'Hear the curves').waitFor();
  expect((await heard(page)).pitches.length).toBeGreaterThan(before + 10);
  await sound.click();
  await expect.poll(() => heard(page)).toMatchObject({ opened: 1, closed: 1 });
  expect(await button(page, 'Hear the curves').count()).toBe(0);
});

test('a run is heard while it trains, and whoever leaves the page leaves silence', async () => {
  const page = await lessons.open('lesson/learning', { tickMs: 5, stepsPerTick: 5 });
  await page.evaluate(listen);
  await untilPhase(page, 'ready');
  await button(page, 'Sound').click();
  await expect.poll(async () => (await heard(page)).opened).toBe(1);
  await button(page, 'Run').click();
  await expect.poll(async () => (await heard(page)).pitches.length).toBeGreaterThan(3);
  await page.evaluate(() => (location.hash = '#/glossary'));
  await expect.poll(async () => (await heard(page)).closed).toBe(1);
});
