/** Embedded figures before anything is trained: in all kinds of pages, with all kinds of attributes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../support/browser.ts';
import { SCRIPT, useEmbed } from '../support/embed.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);

const LESSON = '<scaling-lab answer="shown" lesson="emergence-in-time"></scaling-lab>';

test('the recorded run is there at once, in the words of its lang, with a link to the lesson', async () => {
  const page = await embed.open(
    `${SCRIPT}${LESSON}<scaling-lab lang="zh" answer="shown" lesson="mirage"></scaling-lab>`,
  );
  await page.getByText('Do abilities appear suddenly in training?').waitFor();
  await page.getByText('Recorded run:').waitFor();
  expect(await page.locator('svg.poster path').count()).toBeGreaterThan(5);
  const link = await page.getByRole('link', { name: 'The full lesson' }).getAttribute('href');
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/lesson\/emergence-in-time$/);
  await page.getByRole('button', { name: '在这里运行' }).waitFor();
  expect(page.workers()).toHaveLength(0);
});

test('the link to the lesson says what the author, and then the reader, has chosen', async () => {
  const page = await embed.open(
    `${SCRIPT}<scaling-lab answer="shown" lesson="mirage" size="small" seed="7" changes='{"steps":50}' controls="run seed"></scaling-lab>`,
  );
  const link = page.getByRole('link', { name: 'The full lesson' });
  const said = async (): Promise<object> =>
    Object.fromEntries(new URLSearchParams((await link.getAttribute('href'))!.split('?')[1]));
  await link.waitFor();
  expect(await said()).toEqual({ size: 'small', seed: '7', changes: '{"steps":50}' });
  await page.getByLabel('seed').fill('8');
  await page.getByLabel('seed').press('Enter');
  await expect.poll(said).toEqual({ size: 'small', seed: '8', changes: '{"steps":50}' });
});

test('what the reader has chosen stays when other attributes are set; knobs come when they are asked for', async () => {
  const page = await embed.open(
    `${SCRIPT}<scaling-lab answer="shown" lesson="scaling-laws" controls="run figures"></scaling-lab>`,
  );
  const second = page.getByRole('group', { name: 'Figures' }).getByRole('button').nth(1);
  await second.click();
  const set = (properties: object): Promise<void> =>
    page.evaluate(async (properties) => {
      await Object.assign(document.querySelector('scaling-lab')!, properties).updateComplete;
    }, properties);
  await set({ controls: 'run figures seed' });
  await page.getByLabel('seed').fill('8');
  await page.getByLabel('seed').press('Enter');
  await set({ theme: 'dark', changes: {} });
  expect(await page.getByLabel('seed').inputValue()).toBe('8');
  expect(await second.getAttribute('aria-pressed')).toBe('true');
  await set({ seed: 3, figure: 'none' });
  expect(await page.getByLabel('seed').inputValue()).toBe('3');
  expect(await second.getAttribute('aria-pressed')).toBe('false');
});

test.each([
  ['wait', 'Show me'],
  ['shown', 'Run it here'],
])(
  '%s: no lesson makes a page load more than 25.5 kB, gzipped, before anything is pressed',
  async (answer, first) => {
    const { EXPERIMENT_NAMES } = await import('../../src/lessons/path.ts');
    for (const lesson of EXPERIMENT_NAMES) {
      const page = await embed.open(
        `${SCRIPT}<scaling-lab answer="${answer}" lesson="${lesson}"></scaling-lab>`,
      );
      await page.getByRole('button', { name: first }).waitFor();
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
      );
      const scripts = [...new Set(loaded)].filter((path) => path.endsWith('.js'));
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.join()).not.toMatch(/worker|live|pen-|answered/);
      expect(page.workers()).toHaveLength(0);
      const size = scripts
        .map((path) => gzipSync(readFileSync(join(embed.folder, path))).length)
        .reduce((sum, part) => sum + part, 0);
      // 25 kB is the aim (docs/log/page.md).
      expect(size, lesson).toBeLessThanOrEqual(25_500);
      await page.context().close();
    }
  },
);

test('what stands inside the tag is shown until there is a figure, and where there is none', async () => {
  const page = await embed.open(`<scaling-lab lesson="mirage"><i>picture</i></scaling-lab>
    <scaling-lab lesson="nonsense"><i>other</i></scaling-lab>
    <div style="height: 3000px"></div><scaling-lab lesson="mirage"><i>far</i></scaling-lab>${SCRIPT}`);
  await page.getByText('Recorded run:').first().waitFor();
  expect(await page.getByText('picture').isVisible()).toBe(false);
  expect(await page.getByText('other').isVisible()).toBe(true);
  expect(await page.getByText('far').isVisible()).toBe(true);
});

test('points can be read without training; then the chart is the same as in the lab', async () => {
  const page = await embed.open(`${SCRIPT}${LESSON}`);
  await page.getByRole('button', { name: 'Read the points' }).focus();
  await page.keyboard.press('Enter');
  // The plot has the focus, as the button is gone.
  await page.getByRole('slider').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page
    .getByText(/^step /)
    .first()
    .waitFor();
  expect(page.workers()).toHaveLength(0);
});

const HOSTILE: [string, Record<string, string>, RegExp][] = [
  ['an unknown lesson', { lesson: '../../secret' }, /lesson: must be the name of a lesson/],
  ['neither lesson nor spec', {}, /give the name of a lesson, or a spec/],
  ['both', { lesson: 'mirage', spec: '{}' }, /not both/],
  ['a spec that is no JSON', { spec: '{"task":' }, /spec: is not JSON/],
  ['a spec too long', { spec: JSON.stringify({ a: 'x'.repeat(20_000) }) }, /at most 16384/],
  ['a spec too deep', { spec: `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}` }, /nested deeper/],
  ['a seed that is none', { lesson: 'mirage', seed: '1e999' }, /seed: must be an integer/],
  ['markup', { lesson: '<img src=x onerror="globalThis.hacked=1">' }, /lesson: must be/],
  ['a script as poster', { lesson: 'mirage', poster: 'javascript:globalThis.hacked=1' }, /poster: must be/],
  ['a path that is none', { lesson: 'mirage', changes: '{"a b":1}' }, /changes/],
  ['a prediction of nothing', { lesson: 'mirage', prediction: '{"kind":"curve","points":[]}' }, /prediction/],
  ['an unknown theme', { lesson: 'mirage', theme: 'neon' }, /theme: must be one of/],
  ['too many controls', { lesson: 'mirage', controls: 'a b c d e f g h i j k l m n' }, /controls/],
];

test('malformed and hostile attributes give an error and a message, and never markup', async () => {
  const page = await embed.open(SCRIPT);
  for (const [what, attributes, expected] of HOSTILE) {
    const message = await page.evaluate(async (attributes) => {
      const figure = document.createElement('scaling-lab');
      for (const [name, value] of Object.entries(attributes)) figure.setAttribute(name, value);
      const error = new Promise<string>((resolve) =>
        figure.addEventListener('lab-error', ({ detail }) => resolve(detail.message), { once: true }),
      );
      document.body.replaceChildren(figure);
      return error;
    }, attributes);
    expect(message, what).toMatch(expected);
    const alert = page.locator('scaling-lab').getByRole('alert');
    expect(await alert.innerText(), what).toMatch(expected);
    expect(await page.locator('scaling-lab img').count(), what).toBe(0);
  }
  // A figure that was wrong can be put right.
  await page.evaluate(() => {
    const figure = document.createElement('scaling-lab');
    figure.lesson = 'wrong';
    document.body.replaceChildren(figure);
    figure.lesson = 'mirage';
    figure.changes = '{"__proto__":{"hacked":1}}';
  });
  await page.getByText('Recorded run:').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in globalThis || 'hacked' in {})).toBe(false);
});

test('two copies of the script, of different versions: no error, one warning', async () => {
  const page = await embed.open('');
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const script = readFileSync(join(embed.folder, 'scaling-lab.js'), 'utf8');
  const other = script.replaceAll('0.1.0', '9.9.9').replaceAll('./embed/', '/embed/');
  expect(other).not.toBe(script);
  await page.evaluate(async (other) => {
    const load = (source: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const tag = Object.assign(document.createElement('script'), { type: 'module', onload: resolve });
        tag.onerror = reject;
        if (source === '/scaling-lab.js') tag.src = source;
        else tag.src = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
        document.head.append(tag);
      });
    await load('/scaling-lab.js');
    await load(
      other
        .replaceAll('"/embed/', `"${location.origin}/embed/`)
        .replaceAll('`/embed/', `\`${location.origin}/embed/`),
    );
    document.body.innerHTML = '<scaling-lab lesson="mirage"></scaling-lab>';
  }, other);
  await page.getByText('Recorded run:').waitFor();
  expect(warnings).toEqual([
    expect.stringMatching(/there already \(version 0\.1\.0\); this copy \(9\.9\.9\)/),
  ]);
});

test('the link to the lesson leads to the web; in an iframe, whose address is anybody’s, to its own site', async () => {
  const link = (site: string): string =>
    `${SCRIPT}<scaling-lab lesson="mirage" loading="eager" site="${site}"></scaling-lab>`;
  for (const site of [
    'javascript:alert(1)',
    'data:text/html,x',
    'data:image/svg+xml,x',
    'file:///etc',
    'blob:http://x.org/1',
  ]) {
    const page = await embed.open(link(site));
    await page.getByText('Recorded run:').waitFor();
    expect(await page.locator('scaling-lab a').count(), site).toBe(0);
    await page.context().close();
  }
  const page = await embed.open(link('https://lab.example.org/'));
  const found = page.locator('scaling-lab a');
  expect(await found.getAttribute('href')).toBe('https://lab.example.org/#/lesson/mirage');
  expect(await found.getAttribute('rel')).toBe('noopener');

  const frame = async (site: string): Promise<string | null> => {
    const page = await embed.open(
      `<iframe title="figure" width="700" height="600" src="ORIGIN/embed.html?lesson=mirage&site=${encodeURIComponent(site)}"></iframe>`,
    );
    const inner = page.frameLocator('iframe');
    await inner.getByText('Recorded run:').waitFor();
    const path = (await inner.locator('scaling-lab a').getAttribute('href'))!;
    await page.context().close();
    return path.replace(/^http:\/\/127\.0\.0\.1:\d+/, '');
  };
  for (const site of [
    'https://evil.example.org/',
    '//evil.example.org',
    'javascript:alert(1)',
    'data:text/html,x',
  ])
    expect(await frame(site), site).toBe('/#/lesson/mirage');
  expect(await frame('/lab/')).toBe('/lab/#/lesson/mirage');
});

test.each(['light', 'dark'])('axe finds nothing, before and after the chart, %s', async (theme) => {
  const page = await embed.open(
    `<main><h1>A blog</h1><scaling-lab theme="${theme}" answer="shown" lesson="scaling-laws" controls="run figures size seed learningRate"></scaling-lab></main>${SCRIPT}`,
    { viewport: { width: 390, height: 800 } },
  );
  await page.getByLabel('learningRate').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Read the points' }).click();
  await page.getByRole('slider').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('a part that does not come: the figure says so, and asks for it again', async () => {
  const page = await embed.open('', { expected: /Failed to load|net::/ });
  let isDown = true;
  await page.route(/embed\/(recording|live)-/, (route) => (isDown ? route.abort() : route.continue()));
  await page.setContent(`${SCRIPT.replace('ORIGIN', embed.origin)}${LESSON}`);
  const again = page.getByRole('button', { name: 'Try again' });
  await page.getByRole('alert').getByText('could not be loaded').waitFor();
  await again.click();
  await page.getByRole('alert').getByText('could not be loaded').waitFor();
  isDown = false;
  await again.click();
  await page.getByText('Recorded run:').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  isDown = true;
  await page.getByRole('button', { name: 'Read the points' }).click();
  await again.waitFor();
  isDown = false;
  await again.click();
  await page.waitForSelector('lab-chart');
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('with the published hashes in the page all parts are loaded; another script than that is not run', async () => {
  const hashes = JSON.parse(readFileSync(join(embed.folder, 'integrity.json'), 'utf8')) as Record<
    string,
    string
  >;
  const open = (hashes: Record<string, string>): Promise<Page> => {
    const integrity = Object.fromEntries(
      Object.entries(hashes).map(([name, hash]) => [`ORIGIN/${name}`, hash]),
    );
    return embed.open(
      `<script type="importmap">${JSON.stringify({ integrity })}</script>${SCRIPT}${LESSON}`,
      { expected: /integrity/ },
    );
  };
  const page = await open(hashes);
  await page.getByRole('button', { name: 'Read the points' }).click();
  await page.waitForSelector('lab-chart');
  const wrong = Object.fromEntries(
    Object.entries(hashes).map(([name, hash]) => [
      name,
      name.includes('live') ? hashes['scaling-lab.js']! : hash,
    ]),
  );
  const other = await open(wrong);
  await other.getByRole('button', { name: 'Read the points' }).click();
  await other.getByRole('alert').getByText('could not be loaded').waitFor();
});
