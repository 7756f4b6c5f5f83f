/** The pages with one run for everybody: what is said aloud, what is remembered, axe, the projector, fingers. */
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { button, untilPhase, useFakeLab } from '../support/fake-page.ts';

const open = useFakeLab();

test('milestones are announced in one polite region, steps are not', async () => {
  const page = await open('shape', { stepsPerTick: 200 });
  await untilPhase(page, 'ready');
  expect(await page.locator('[aria-live]').count()).toBe(1);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => said.push(document.querySelector('[role=status]')!.textContent)).observe(
      document.querySelector('[role=status]')!,
      { characterData: true, subtree: true, childList: true },
    );
  });
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await page.getByRole('status').getByText('Finished after 2,000 steps').waitFor({ state: 'attached' });
  expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toHaveLength(2);
});

test('theme and projector are remembered', async () => {
  const page = await open('');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await button(page, 'Projector').click();
  await page.reload();
  await page.waitForSelector('h1');
  const root = page.locator('html');
  expect(await root.getAttribute('data-theme')).toBe('dark');
  expect(await root.getAttribute('data-projector')).toBe('');
});

test.each([
  ['shape', 'dark', 1280],
  ['language', 'light', 1280],
  ['language', 'dark', 390],
  ['shape', 'light', 390],
] as const)('axe finds nothing on #/%s, %s, %i px wide; nothing hangs over', async (hash, theme, width) => {
  const page = await open(
    hash,
    { stepsPerTick: 5 },
    { viewport: { width, height: 844 }, colorScheme: theme },
  );
  await untilPhase(page, 'ready');
  await button(page, 'Run').click();
  await page.waitForFunction(() => document.querySelector('lab-run-bar')!.step > 50);
  await button(page, 'Pause').click();
  await untilPhase(page, 'paused');
  await page.getByLabel('batch').fill('0');
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('axe finds nothing in projector mode', async () => {
  const page = await open(
    'shape',
    {},
    {
      before: () => localStorage.setItem('scaling-lab settings', '{"theme":"dark","projector":true}'),
    },
  );
  await untilPhase(page, 'ready');
  expect(await violations(page)).toEqual([]);
});

test('targets are large enough for a finger', async () => {
  const page = await open(
    'language',
    {},
    { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  );
  await untilPhase(page, 'ready');
  const small = await page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('button, select, summary, a:not(.skip), input:not([type=checkbox])')) continue;
        if (!element.checkVisibility()) continue;
        const { width, height } = element.getBoundingClientRect();
        const inText = element.matches('.word');
        if (width < 24 || height < (inText ? 24 : 32))
          found.push(`${element.outerHTML.slice(0, 60)} ${width} ${height}`);
      }
    };
    visit(document);
    return found;
  });
  expect(small).toEqual([]);
});
