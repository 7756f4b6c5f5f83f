/** The page of a class, over a lab that trains nothing: results come in, wait, are shown, kept, and refused in words. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { encodeResult, toWire } from '../../src/class/codec.ts';
import { qrSquares } from '../../src/class/qr.ts';
import { packJSON } from '../../src/state/packed.ts';
import { planted } from '../class/planted.ts';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();
const ADDRESS = 'test/support/fake.html?recorded=%22shipped%22#/';

const open = (hash: string, options = {}): Promise<Page> =>
  browser.open(`${ADDRESS}${hash}`, { locale: 'en', viewport: { width: 1366, height: 768 }, ...options });

async function add(page: Page, text: string): Promise<void> {
  await page.getByLabel('Links of results').fill(text);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

const reported = (page: Page, report: RegExp): Promise<void> =>
  expect.poll(() => page.locator('.report').innerText()).toMatch(report);

const links = async (from: number, to: number): Promise<string> => {
  const texts = await Promise.all(
    Array.from({ length: to - from }, (_, i) => encodeResult(planted(from + i))),
  );
  return texts.map((text) => `https://lab.example/#/class?r=${text}`).join('\n');
};

const series = (page: Page): Promise<string[]> =>
  page.evaluate(() => document.querySelector('lab-chart')!.series.map(({ id }) => id));

test('results that were pasted wait until they are shown, then stand on one chart, and are there after a reload', async () => {
  const page = await open('class');
  await add(page, await links(0, 30));
  await reported(page, /^30 added$/);
  await page.getByText('30 of us · 30 have predicted.').waitFor();
  expect(await page.locator('lab-chart').count()).toBe(0);
  expect(await page.locator('.class').innerText()).not.toContain('0.58');
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'I lead this class: show it' }).click();
  await page.waitForSelector('lab-chart');
  const ids = await series(page);
  expect(ids.filter((id) => id.startsWith('curve '))).toHaveLength(30);
  expect(ids.slice(-3)).toEqual(['median', 'said', 'got']);
  const [holds] = await page.locator('.found .big').allInnerTexts();
  expect(holds).toMatch(/^27\s+of 30: the claim held/);
  expect(await page.locator('.found').innerText()).toMatch(
    /In \d+ trial runs of ours, \d+ held\.|At this size we have made no trial runs\./,
  );
  await page.getByText('All results (30)').click();
  expect(await page.locator('.class tbody tr').count()).toBe(4 + 30);
  expect(await violations(page)).toEqual([]);

  await add(page, await links(0, 2));
  await reported(page, /^2 known already$/);
  await page.reload();
  await page.waitForSelector('lab-chart');
  expect(await series(page)).toEqual(ids);
  await page.getByText('All results (30)').click();
  await page.getByRole('button', { name: 'Leave out' }).first().click();
  await page.getByText('All results (29)').waitFor();
});

test('who has predicted in this lesson is told to wait for the others, who has not is sent to predict', async () => {
  const page = await open(`class?r=${await encodeResult(planted(0))}`);
  await page.getByRole('link', { name: 'Predict first' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#/class');
  const predicted = await open(`class?r=${await encodeResult(planted(0))}`, {
    before: () =>
      localStorage.setItem('scaling-lab predictions', '{"scaling-laws":{"kind":"level","points":[[0,0.5]]}}'),
  });
  await predicted.getByRole('button', { name: 'Show what came out' }).waitFor();
  expect(await predicted.getByRole('link', { name: 'Predict first' }).count()).toBe(0);
});

test('what is hostile or damaged is refused with its reason, and changes nothing', async () => {
  const page = await open('class');
  const markup = await packJSON({ ...toWire(planted(1)), k: '<img src=x onerror=alert(1)>' });
  await add(page, markup);
  await reported(page, /^1 added$/);
  const wrong = await packJSON({ ...toWire(planted(2)), l: '../../etc' });
  const text = await encodeResult(planted(3));
  await add(page, `https://a/#/class?r=${wrong} https://a/#/class?r=${text.slice(0, 60)}`);
  await reported(page, /^2 refused:[^]*lesson: must be the name of a lesson[^]*damaged/);
  await page.getByRole('button', { name: 'I lead this class: show it' }).click();
  await page.getByText('All results (1)').click();
  // Said, not run.
  await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
  expect(await page.locator('.class img').count()).toBe(0);
});

test('what is dropped is taken: a picture of a QR code, a file of links, a link; a picture of nothing is refused', async () => {
  const page = await open('class');
  const [first, second, third] = (await Promise.all(
    [0, 1, 2].map(async (i) => `https://lab.example/#/class?r=${await encodeResult(planted(i))}`),
  )) as [string, string, string];
  const drop = (squares: boolean[][] | undefined, file: string, text: string): Promise<void> =>
    page.locator('.gather').evaluate(
      async (gather, { squares, file, text }) => {
        const data = new DataTransfer();
        if (squares) {
          const canvas = new OffscreenCanvas(4 * squares.length, 4 * squares.length);
          const context = canvas.getContext('2d')!;
          context.fillStyle = 'white';
          context.fillRect(0, 0, canvas.width, canvas.height);
          context.fillStyle = 'black';
          squares.forEach((row, y) =>
            row.forEach((dark, x) => {
              if (dark) context.fillRect(4 * x, 4 * y, 4, 4);
            }),
          );
          data.items.add(new File([await canvas.convertToBlob()], 'code.png', { type: 'image/png' }));
        }
        if (file) data.items.add(new File([file], 'results.txt', { type: 'text/plain' }));
        if (text) data.setData('text/plain', text);
        gather.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      { squares, file, text },
    );
  await drop(qrSquares(first), `${second}\n`, '');
  await reported(page, /^2 added$/);
  await drop(undefined, '', third);
  await reported(page, /^1 added$/);
  await drop(
    Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false)),
    '',
    '',
  );
  await reported(page, /^1 refused:[^]*code\.png: no QR code was found in this picture/);
  await page.getByText('3 of us · 3 have predicted.').waitFor();
});

test('a class is saved as a file and opened again in another browser, and merged', async () => {
  const page = await open('class');
  await add(page, await links(0, 5));
  await page.getByRole('button', { name: 'I lead this class: show it' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Class (to open again or merge)' }).click(),
  ]);
  const path = await file.path();
  const other = await open('class');
  await add(other, await links(3, 7));
  await other.locator('input[type=file]').setInputFiles(path);
  await reported(other, /3 added · 2 known already/);
  await other.locator('input[type=file]').setInputFiles({
    name: 'nonsense.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([0, 1, 2, 255, 254]),
  });
  await reported(other, /nonsense\.bin: This file is no class/);
  await other.getByText('7 of us · 7 have predicted.').waitFor();
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.save').getByRole('button', { name: 'CSV' }).click(),
  ]);
  expect(csv.suggestedFilename()).toBe('class-scaling-laws.csv');
});

test('a deleted class comes back when it is asked for', async () => {
  const page = await open('class');
  await add(page, await links(0, 3));
  await page.getByRole('button', { name: 'Delete this class' }).click();
  await page.getByText('No results of this lesson yet.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('3 of us · 3 have predicted.').waitFor();
});

test('the link of a class gives each device a seed of its own, and keeps it', async () => {
  const seeds = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const page = await open('join?lesson=mirage&size=small&class=k7');
    const seed = async (): Promise<string> =>
      new URL(
        (await page.getByRole('link', { name: 'Begin' }).getAttribute('href'))!.slice(1),
        'http://x',
      ).searchParams.get('seed')!;
    const first = await seed();
    seeds.add(first);
    await page.reload();
    expect(await seed()).toBe(first);
    if (i === 0) expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Somebody else was here before' }).click();
    expect(await seed()).not.toBe(first);
  }
  expect(seeds.size).toBe(3);
});

test('a rehearsal has thirty members, says that they are simulated, and keeps nothing', async () => {
  const page = await open('class?rehearse=1&lesson=mirage');
  await page.waitForSelector('lab-chart');
  await page.getByText('thirty simulated members').waitFor();
  await page.getByText('All results (30)').waitFor();
  await page.evaluate(() => (location.hash = '#/class'));
  await page.getByText('No results of this lesson yet.').waitFor();
  await page.reload();
  await page.getByText('No results of this lesson yet.').waitFor();
});

test.each(['class', 'join', 'worksheet'])(
  'an address of #/%s that asks for a lesson that there is not says so, in both languages',
  async (name) => {
    const page = await open(`${name}?lesson=nosuch&size=${name === 'worksheet' ? 'small' : 'huge'}`);
    const said = page.getByTestId('link-problem');
    await expect.poll(() => said.innerText()).toMatch(/lesson: must be one of learning, .*, not "nosuch"/);
    if (name !== 'worksheet')
      expect(await said.innerText()).toMatch(/size: must be one of small, .*, not "huge"/);
    await page.getByRole('button', { name: '中文' }).click();
    await expect.poll(() => said.innerText()).toMatch(/lesson[:：].*learning.*"nosuch"/);
  },
);
