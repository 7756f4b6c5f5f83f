/**
 * A tab that is truly behind another, and one that the browser freezes there: training goes on, nobody is taken for dead,
 * and all that was trained is there when it is looked at again. `LONG=1` hides it until Chromium holds its timers back to
 * one a minute.
 */
import { afterEach, expect, inject, test } from 'vitest';
import { BUILDING_MS } from '../support/built.ts';
import { openWindow, type Tab } from '../support/tabs.ts';

/** Longer than the page waits for a sign of life. */
const HIDDEN_MS = process.env.LONG ? 390_000 : 15_000;
const PATIENCE = { timeout: 60_000, interval: 500 };

let close = (): Promise<void> => Promise.resolve();
afterEach(() => close());

const BAR = `document.querySelector('lab-run-bar')`;
const stepOf = (tab: Tab): Promise<number> => tab.evaluate(`${BAR}.step`);
const untilPhase = (tab: Tab, phase: string): Promise<void> =>
  expect.poll(() => tab.evaluate(`${BAR}?.phase`), PATIENCE).toBe(phase);
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test(
  'a tab behind another trains on, is not taken for dead, and shows all when it is seen again',
  async () => {
    // The first to ask waits until the pages are built.
    await fetch(inject('pages'));
    const window = await openWindow();
    close = () => window.close();
    const changes = encodeURIComponent(JSON.stringify({ 'task.name': 'shapes', steps: 2_000_000 }));
    const tab = await window.tab(`${inject('pages')}/?device=cpu#/sandbox?changes=${changes}`);
    await untilPhase(tab, 'ready');
    await tab.evaluate(`
    window.heard = [];
    for (const type of ['visibilitychange', 'freeze', 'resume'])
      document.addEventListener(type, () => heard.push(type === 'visibilitychange' ? document.visibilityState : type));
    ${BAR}.dispatchEvent(Object.assign(new Event('lab-command', { bubbles: true }), { command: 'run' }))`);
    await expect.poll(() => stepOf(tab), PATIENCE).toBeGreaterThan(50);

    await window.tab('about:blank');
    await expect.poll(() => tab.evaluate('document.visibilityState'), PATIENCE).toBe('hidden');
    const before = await stepOf(tab);
    await rest(HIDDEN_MS);
    expect(await tab.evaluate('heard')).toEqual(['hidden']);
    const meanwhile = await stepOf(tab);
    expect(meanwhile).toBeGreaterThan(before + 100);

    await tab.freeze('frozen');
    await rest(12_000);
    await tab.freeze('active');
    await tab.show();
    await expect.poll(() => tab.evaluate('document.visibilityState'), PATIENCE).toBe('visible');
    expect(await tab.evaluate('heard')).toEqual(['hidden', 'freeze', 'resume', 'visible']);
    await expect.poll(() => stepOf(tab), PATIENCE).toBeGreaterThan(meanwhile + 100);
    await rest(3000);
    expect(await tab.evaluate(`document.body.textContent.includes('No answer')`)).toBe(false);
    await tab.evaluate(
      `${BAR}.dispatchEvent(Object.assign(new Event('lab-command', { bubbles: true }), { command: 'pause' }))`,
    );
    await untilPhase(tab, 'paused');
  },
  HIDDEN_MS + 180_000 + BUILDING_MS,
);
