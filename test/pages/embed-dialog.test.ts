/** The dialog that gives authors a figure for their own page. */
import { expect, test } from 'vitest';
import {
  type Around,
  frameAddress,
  frameSnippet,
  markdownSnippet,
  notebookSnippet,
  scriptSnippet,
} from '../../src/app/lesson/embed-snippets.ts';
import { useBrowser, violations } from '../support/browser.ts';

const browser = useBrowser();

test('snippets have what is on the screen, prediction off or on, with a live preview', async () => {
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
  const script = page.getByLabel('As an element', { exact: false });
  expect(await script.inputValue()).toMatch(
    /<scaling-lab lesson="emergence-in-time" lang="en" size="standard" figure="\w+" prediction="&#123;&quot;kind&quot;/,
  );
  await page.getByLabel('with my prediction').uncheck();
  expect(await script.inputValue()).not.toMatch(/prediction/);
  expect(await script.inputValue()).not.toMatch(/answer/);
  await page.getByLabel('show the answer at once').check();
  expect(await script.inputValue()).toMatch(/ answer="shown"/);
  await page.getByLabel('with pictures of the inside').check();
  expect(await script.inputValue()).toMatch(/ answer="shown" view="inside"/);
  expect(await script.inputValue()).toMatch(
    /><a href="http[^"]+lesson\/emergence-in-time\/"><img src="http[^"]+cards\/emergence-in-time\.en\.png" alt="[^"]+/,
  );
  await page.getByLabel('caption below').fill('Held-out accuracy, *my* run');
  await page.getByLabel('colours').selectOption('dark');
  expect(await script.inputValue()).toMatch(/ theme="dark"[\s\S]*<figcaption>Held-out accuracy, \*my\* run</);
  await page.getByRole('button', { name: 'Markdown' }).click();
  expect(await page.getByLabel('In a page of Markdown').inputValue()).toMatch(
    /\n\n\*Held-out accuracy, \\\*my\\\* run\*$/,
  );
  await page.getByRole('button', { name: 'Notebook' }).click();
  expect(await page.getByLabel('A cell for').inputValue()).toContain(
    'lesson = traitlets.Unicode("emergence-in-time")',
  );
  await page.getByRole('button', { name: 'iframe', exact: true }).click();
  await page.getByLabel('height, px').fill('300');
  await page.getByLabel('title').fill('The clock');
  const frame = await page.getByLabel('As an iframe').inputValue();
  expect(frame).toMatch(/<iframe src="http[^"]+embed\.html\?lesson=emergence-in-time&amp;/);
  expect(frame).toContain(' title="The clock" width="100%" height="300"');
  expect(frame).toContain("'scaling-lab-height'");
  const preview = await page.locator('dialog iframe').getAttribute('src');
  expect(frame).toContain(preview!.replaceAll('&', '&amp;'));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.locator('dialog iframe').count()).toBe(0);
});

test('a lesson is cited with its own address, and the line that repeats its run', async () => {
  const page = await browser.open('test/support/fake.html?recorded=true#/lesson/emergence-in-time');
  await page.waitForSelector('lab-chart');
  await page.getByRole('button', { name: 'Cite and repeat' }).click();
  expect(await page.getByLabel('As a text').inputValue()).toMatch(/lesson\/emergence-in-time\/ \(\d{4}-/);
  expect(await page.getByLabel('BibTeX').inputValue()).toContain('@misc{scalinglab-emergence-in-time,');
  expect(await page.getByLabel('One line').inputValue()).toMatch(
    /^npm run lab -- lesson emergence-in-time --size \w+ --seed \d+ --save emergence-in-time\.json$/,
  );
  expect(await violations(page)).toEqual([]);
});

const AROUND: Around = { title: 'a "title" <b>', caption: '<script>', height: 400, grows: true };

test('a snippet cannot be broken out of', () => {
  const made = { lesson: 'mirage', lang: 'en', changes: { 'a"><script>': '</script>&{}' } };
  const here = 'https://here/';
  expect(scriptSnippet(here, made, AROUND)).not.toMatch(/changes="[^"]*[<{]/);
  for (const snippet of [scriptSnippet, markdownSnippet, frameSnippet])
    expect(snippet(here, made, AROUND)).not.toMatch(/<script>(?!\naddEventListener)/);
  expect(
    notebookSnippet(here, made)
      .split('\n')
      .filter((line) => line.includes('</script>')),
  ).toHaveLength(1);
  expect(new URL(frameAddress(here, made)).searchParams.get('changes')).toBe(JSON.stringify(made.changes));
});
