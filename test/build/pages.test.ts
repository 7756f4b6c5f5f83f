/** A document for each lesson and language: what programs read in it, and the app that starts in it, under any path. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteURL } from '../../build/pages/index.ts';
import { LANGUAGES } from '../../src/languages.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { useBrowser } from '../support/browser.ts';
import { buildPage } from '../support/build.ts';
import { BUILDING_MS } from '../support/built.ts';
import { listen, portOf, sendFile } from '../support/serve.ts';

const SITE = 'https://example.org/lab/';
const BASE = '/some/class/';

const browser = useBrowser(['--disable-features=WebGPU']);
const outDir = mkdtempSync(join(tmpdir(), 'scaling-lab-'));
let server: Server;
let address: string;

beforeAll(async () => {
  process.env.SITE_URL = SITE;
  await buildPage({ outDir, emptyOutDir: true }).finally(() => delete process.env.SITE_URL);
  server = createServer((request, response) => {
    // The service worker is built later.
    if (request.url!.endsWith('/sw.js')) response.setHeader('content-type', 'text/javascript').end();
    else sendFile(outDir, request, response, BASE);
  });
  await listen(server);
  address = `http://127.0.0.1:${portOf(server)}${BASE}`;
}, BUILDING_MS);
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(outDir, { recursive: true });
});

const read = (path: string): string => readFileSync(join(outDir, path), 'utf8');
const folder = (name: string, language: string): string =>
  `${language === 'en' ? '' : `${language}/`}lesson/${name}/`;
const heading = (page: Page): Promise<string> => page.locator('lab-app h1').first().innerText();

test.each(LANGUAGES.flatMap((language) => EXPERIMENT_NAMES.map((name) => ({ name, language }))))(
  '$name in $language says to others what it is, and where',
  ({ name, language }) => {
    const html = read(`${folder(name, language)}index.html`);
    const content = (key: string): string =>
      new RegExp(`<meta (?:property|name)="${key}" content="([^"]+)"`).exec(html)![1]!;
    expect(html).toContain(`<link rel="canonical" href="${SITE}${folder(name, language)}" />`);
    for (const other of LANGUAGES) expect(html).toContain(`href="${SITE}${folder(name, other)}"`);
    expect(content('og:url')).toBe(SITE + folder(name, language));
    const picture = content('og:image');
    expect(picture.startsWith(SITE)).toBe(true);
    const png = readFileSync(join(outDir, picture.slice(SITE.length)));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(content('twitter:card')).toBe('summary_large_image');
    expect(content('og:description')).toBe(content('description'));

    const [, data] = /<script type="application\/ld\+json">(.*)<\/script>/.exec(html)!;
    const resource = JSON.parse(data!) as Record<string, unknown>;
    expect(resource).toMatchObject({ '@type': 'LearningResource', url: SITE + folder(name, language) });
    // Who has no scripts reads what is asked, and sees the picture of what is given.
    const asked = /<\/p>\s*<p>([^<]{40,})<\/p>\s*<noscript><img src="([^"]+)"/.exec(html)!;
    expect(asked[1]).not.toMatch(/lab-|\$|\\/);
    expect(existsSync(join(outDir, folder(name, language), asked[2]!))).toBe(true);
    const [, question] = /<h1>(.*)<\/h1>/.exec(html)!;
    expect(question).toBe(resource.name);

    const [, oembed] = /href="([^"]+oembed\.json)"/.exec(html)!;
    const answer = JSON.parse(read(oembed!.slice(SITE.length))) as { html: string; version: string };
    expect(answer.version).toBe('1.0');
    expect(answer.html).toContain(`embed.html?lesson=${name}&amp;lang=`);
    // All that it loads is there, from where it stands.
    for (const [, path] of html.matchAll(/(?:src|href)="((?:\.\.?\/)+[^"]+)"/g)) {
      const file = join(outDir, folder(name, language), path!);
      expect(existsSync(file.endsWith('/') ? `${file}index.html` : file), path).toBe(true);
    }
  },
);

test('the list of addresses has every document, and no host learns of an address that is not known', () => {
  const places = [...read('sitemap.xml').matchAll(/<loc>(.*)<\/loc>/g)].map(([, place]) => place!);
  expect(places).toHaveLength(LANGUAGES.length * (EXPERIMENT_NAMES.length + 3));
  for (const place of places)
    expect(existsSync(join(outDir, place.slice(SITE.length), 'index.html'))).toBe(true);
  expect(read('robots.txt')).toContain(`Sitemap: ${SITE}sitemap.xml`);
  expect(read('404.html')).toContain('href="/lab/"');
  expect(siteURL(undefined)).toBeUndefined();
  expect(siteURL('https://example.org/a')).toBe('https://example.org/a/');
  expect(() => siteURL('example.org')).toThrow('must be a whole address such as');
});

test('the app starts in the document of a lesson, in its language, under its address', async () => {
  const page = await browser.open(`${address}zh/lesson/mirage/`);
  await page.locator('lesson-page h1').waitFor();
  expect(await heading(page)).toBe('跃升发生在模型里，还是在指标里？');
  expect(await page.locator('#starting').count()).toBe(0);
  expect(page.url()).toBe(`${address}zh/lesson/mirage/`);

  // The other language has an address of its own.
  await page.getByRole('button', { name: 'English' }).click();
  await expect.poll(() => page.url()).toBe(`${address}lesson/mirage/`);
  expect(await heading(page)).toBe('Is the jump in the model or in the metric?');

  // Another page is not this document's.
  await page.locator('a.brand').click();
  await page.locator('home-page h1').waitFor();
  expect(page.url()).toBe(`${address}#/`);
  await page.goBack();
  await page.locator('lesson-page h1').waitFor();
  expect(page.url()).toBe(`${address}lesson/mirage/`);
});

test('an address behind the hash goes before the document’s own, and what a link says is of its lesson', async () => {
  const page = await browser.open(`${address}lesson/mirage/#/lesson/learning`);
  await page.locator('lesson-page h1').waitFor();
  expect(page.url()).toBe(`${address}#/lesson/learning`);
  const told = await browser.open(`${address}lesson/mirage/#?seed=5`);
  await told.getByText('Opened from a link').waitFor();
  expect(told.url()).toBe(`${address}lesson/mirage/#?seed=5`);
});
