/** The dialog that gives authors a figure for their own page. */
import { expect, test } from 'vitest';
import { frameAddress, scriptSnippet } from '../../src/app/lesson/embed-snippets.ts';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();

test('both snippets have what is on the screen, prediction off or on, with a live preview', async () => {
  const page = await browser.open('test/support/fake.html?recorded=true#/lesson/emergence-in-time');
  await page.route('**/embed.html**', (route) =>
    route.fulfill({ body: '<title>preview</title>', contentType: 'text/html' }),
  );
  await page.evaluate(() =>
    localStorage.setItem(
      'scaling-lab predictions',
      '{"emergence-in-time":{"kind":"curve","points":[[100,0.1],[900,0.5]]}}',
    ),
  );
  await page.reload();
  await page.waitForSelector('lab-chart');
  await page.getByRole('button', { name: 'Embed', exact: true }).click();
  const script = page.getByLabel('As an element');
  expect(await script.inputValue()).toMatch(
    /<scaling-lab lesson="emergence-in-time" lang="en" size="standard" figure="\w+" prediction="\{&quot;kind&quot;/,
  );
  await page.getByLabel('with my prediction').uncheck();
  expect(await script.inputValue()).not.toMatch(/prediction/);
  expect(await script.inputValue()).not.toMatch(/answer/);
  await page.getByLabel('show the answer at once').check();
  expect(await script.inputValue()).toMatch(/ answer="shown"/);
  await page.getByLabel('with pictures of the inside').check();
  expect(await script.inputValue()).toMatch(/ answer="shown" view="inside"/);
  const frame = await page.getByLabel('As an iframe').inputValue();
  expect(frame).toMatch(/^<iframe src="http[^"]+embed\.html\?lesson=emergence-in-time&amp;/);
  const preview = await page.locator('dialog iframe').getAttribute('src');
  expect(frame).toContain(preview!.replaceAll('&', '&amp;'));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.locator('dialog iframe').count()).toBe(0);
});

test('a snippet cannot be broken out of', () => {
  const made = { lesson: 'mirage', lang: 'en', changes: { 'a"><script>': '</script>&' } };
  expect(scriptSnippet('https://here/', made)).not.toMatch(/changes="[^"]*</);
  expect(new URL(frameAddress('https://here/', made)).searchParams.get('changes')).toBe(
    JSON.stringify(made.changes),
  );
});
