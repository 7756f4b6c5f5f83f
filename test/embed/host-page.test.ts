/** Embedded figures in all kinds of pages: their policies, styles, themes and shadow roots. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { SCRIPT, tinySpec, useEmbed } from '../support/embed.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);

const LESSON = '<scaling-lab answer="shown" lesson="emergence-in-time"></scaling-lab>';

test('under a policy without what its worker needs it says so and keeps the recording', async () => {
  const open = (policy: string): Promise<Page> =>
    embed.open(`${SCRIPT}${LESSON}`, {
      headers: { 'content-security-policy': policy },
      expected: /Content Security Policy|worker/i,
    });
  const page = await open(
    "default-src 'none'; script-src http://127.0.0.1:*; img-src data:; style-src 'none'",
  );
  await page.evaluate(() => {
    const errors: string[] = [];
    Object.assign(window, { errors });
    addEventListener('lab-error', (event) =>
      errors.push((event as CustomEvent<{ name: string }>).detail.name),
    );
  });
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.getByRole('alert').getByText('security policy forbids the worker').waitFor();
  await page.getByText(/Recorded run:/).waitFor();
  expect(await page.locator('lab-chart').count()).toBe(1);
  expect(await page.evaluate(() => (window as unknown as { errors: string[] }).errors)).toEqual([
    'WorkerForbidden',
  ]);
  const named = 'trusted-types lit-html scaling-lab';
  const demanding = `default-src 'none'; script-src http://127.0.0.1:*; img-src data:; worker-src blob:; require-trusted-types-for 'script'`;
  const other = await open(`${demanding}; trusted-types lit-html`);
  await other.getByRole('button', { name: 'Run it here' }).click();
  await other.getByRole('alert').getByText('trusted-types without scaling-lab').waitFor();
  // With the words that it needs, the same page trains.
  const kind = await open(`${demanding}; ${named}`);
  await kind.getByRole('button', { name: 'Run it here' }).click();
  await kind.getByRole('button', { name: 'Pause' }).waitFor();
  expect(kind.workers()).toHaveLength(1);
});

test('hostile styles of the page do not reach into it; its own properties and parts do', async () => {
  const page = await embed.open(`<style>
      html { font-size: 3px; direction: rtl }
      * { color: red; font-family: fantasy; letter-spacing: 1em; text-transform: uppercase; line-height: 5; box-sizing: content-box; transform: none; cursor: none; visibility: visible; }
      p, div, svg, button, ul { display: none !important; background: red !important; }
      scaling-lab { --lab-accent: rgb(1, 2, 3) }
      scaling-lab::part(title) { font-style: italic }
    </style>${SCRIPT}${LESSON}`);
  const button = page.getByRole('button', { name: 'Run it here' });
  await button.waitFor();
  const look = await page.evaluate(() => {
    const root = document.querySelector('scaling-lab')!.shadowRoot!;
    const style = (selector: string): CSSStyleDeclaration => getComputedStyle(root.querySelector(selector)!);
    const { color, letterSpacing, textTransform, direction, fontSize, fontStyle } = style('.title');
    return {
      color,
      letterSpacing,
      textTransform,
      direction,
      fontSize,
      fontStyle,
      accent: style('.primary').backgroundColor,
    };
  });
  expect(look.color).toBe('rgb(29, 28, 26)');
  expect(look.letterSpacing).toMatch(/^-0\.\d+px$/);
  expect(look.textTransform).toBe('none');
  expect(look.direction).toBe('ltr');
  expect(look.fontSize).toBe('17px');
  expect(look.fontStyle).toBe('italic');
  expect(look.accent).toBe('rgb(1, 2, 3)');
  const box = await page.locator('svg.poster').boundingBox();
  expect(box!.height).toBeCloseTo(320, 0);
  await page.getByRole('button', { name: 'Read the points' }).click();
  // Beside the plot is room for numbers of 12 px.
  const field = page.locator('lab-chart .u-over');
  await expect.poll(async () => (await field.boundingBox())!.x - box!.x).toBeGreaterThan(50);
});

test('themes: as the page, or as asked', async () => {
  const page = await embed.open(
    `${SCRIPT}${LESSON}<scaling-lab theme="dark" answer="shown" lesson="mirage"></scaling-lab>
     <div style="color-scheme: dark"><scaling-lab answer="shown" lesson="learning"></scaling-lab></div>`,
    { colorScheme: 'dark' },
  );
  await page.getByText('Recorded run:').nth(2).waitFor();
  const grounds = await page.evaluate(() =>
    [...document.querySelectorAll('scaling-lab')].map(
      (figure) => getComputedStyle(figure.shadowRoot!.querySelector('.root')!).backgroundColor,
    ),
  );
  const [light, dark] = ['rgb(255, 255, 255)', 'rgb(27, 30, 36)'];
  expect(grounds).toEqual([light, dark, dark]);
});

/** Colour of the first pixel of the chart's picture. */
const groundOf = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const picture = await createImageBitmap(await document.querySelector('scaling-lab')!.toBlob());
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.drawImage(picture, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data];
  });

test('under forced colours a chart keeps its own, ink and ground apart', async () => {
  const page = await embed.open(`${SCRIPT}${LESSON}`, { forcedColors: 'active' });
  await page.getByRole('button', { name: 'Read the points' }).click();
  await page.getByRole('slider').waitFor();
  expect(await groundOf(page)).toEqual([255, 255, 255, 255]);
  const field = page.locator('lab-chart .field');
  expect(await field.evaluate((field) => getComputedStyle(field).backgroundColor)).toBe('rgb(255, 255, 255)');
  expect(await field.evaluate((field) => getComputedStyle(field).forcedColorAdjust)).toBe('none');
});

test('a chart follows the theme, whatever changes it', async () => {
  const page = await embed.open(`${SCRIPT}<style>.night { color-scheme: dark }</style>${LESSON}`);
  await page.getByRole('button', { name: 'Read the points' }).click();
  await page.getByRole('slider').waitFor();
  const ground = (): Promise<number[]> => groundOf(page);
  const [light, dark] = [
    [255, 255, 255, 255],
    [27, 30, 36, 255],
  ];
  expect(await ground()).toEqual(light);
  const set = (theme: string, name: string): Promise<void> =>
    page.evaluate(
      ([theme, name]) => {
        document.body.className = name;
        document.querySelector('scaling-lab')!.theme = theme;
      },
      [theme, name] as const,
    );
  await set('dark', '');
  await expect.poll(ground).toEqual(dark);
  await set('auto', '');
  await expect.poll(ground).toEqual(light);
  await set('auto', 'night');
  await expect.poll(ground).toEqual(dark);
});

test('inside another shadow root it works, and its events come out', async () => {
  const page = await embed.open(`<div id="outer"></div>${SCRIPT}`);
  await page.evaluate((spec) => {
    const told: string[] = [];
    Object.assign(window, { told });
    for (const name of ['lab-ready', 'lab-complete']) addEventListener(name, () => told.push(name));
    const inner = document.createElement('div');
    document.querySelector('#outer')!.attachShadow({ mode: 'open' }).append(inner);
    inner.attachShadow({ mode: 'open' }).innerHTML = `<scaling-lab spec='${spec}'></scaling-lab>`;
  }, tinySpec());
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.waitForFunction(
    () => (window as unknown as { told: string[] }).told.join() === 'lab-ready,lab-complete',
    undefined,
    { timeout: 60_000 },
  );
});
