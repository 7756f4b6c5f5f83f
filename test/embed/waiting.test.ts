/** Embedded figures whose answer waits: for every lesson, by keys, in a replay, in training, in an iframe. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { spaced } from '../../build/lean/recordings.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { EXPERIMENT_NAMES } from '../../src/lessons/path.ts';
import { conceal } from '../../src/lessons/question.ts';
import { violations } from '../support/browser.ts';
import { SCRIPT, useEmbed } from '../support/embed.ts';
import { recordingOf } from '../support/recording.ts';

const embed = useEmbed();

const figure = (lesson: string, rest = ''): string =>
  `<main><h1>A blog</h1><scaling-lab lesson="${lesson}" device="cpu" ${rest}></scaling-lab></main>${SCRIPT}`;
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
const done = (page: Page) => page.getByRole('button', { name: 'That is my prediction' });

/** By keys alone: the primary button leads to the pen. */
async function predict(page: Page): Promise<void> {
  const field = page.getByLabel('Your number');
  if (await field.count()) await field.fill('2');
  else {
    await done(page).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('slider', { name: /^Your prediction/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 7; i++) await page.keyboard.press('Shift+ArrowRight');
  }
  await expect.poll(() => done(page).getAttribute('aria-disabled')).toBe('false');
  await done(page).focus();
  await page.keyboard.press('Enter');
}

const recorded = (lesson: string) => recordingOf(lesson).findings;

test.each(EXPERIMENT_NAMES)(
  '%s: nothing of what is asked is in the first picture, nor was it loaded',
  async (lesson) => {
    const findings = recorded(lesson);
    const { question } = LESSONS.find(({ name }) => name === lesson)!;
    const texts: Promise<string>[] = [];
    const page = await embed.open('');
    page.on('response', (response) => {
      if (response.url().includes('recording-')) texts.push(response.text());
    });
    await page.setContent(figure(lesson).replaceAll('ORIGIN', embed.origin));
    await page.getByText(question.hint.en).waitFor();
    await done(page).waitFor();
    const given = conceal(question, findings).figures[0]!.series;
    expect(await page.locator('.legend li').count()).toBe(given.length);
    expect(await page.locator('scaling-lab').innerText()).not.toContain(findings.verdict.sentence.en);
    // One file, whose curves are those that are given.
    const [text] = await Promise.all(texts);
    expect(texts).toHaveLength(1);
    expect(text).not.toContain(JSON.stringify(findings.verdict.sentence.zh).slice(1, -1));
    const script = text!.replace(/export\s*\{\s*(\w+) as default\s*\}/, 'export default $1');
    const { default: recording } = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as {
      default: { findings: typeof findings };
    };
    const { findings: loaded } = recording;
    expect(loaded.figures.flatMap(({ series }) => series.map(({ x }) => x.length))).toEqual(
      given.map(({ x }) => spaced(x, question.x.scale === 'log').length),
    );
    expect(loaded.verdict.numbers).toEqual({});
    // What is shown on request is all of it.
    await press(page, 'Show me');
    await page.getByText(findings.verdict.sentence.en).waitFor();
    expect(await page.locator('.against').count()).toBe(0);
  },
);

test('predicted by keys, replayed, compared; the focus is never lost', async () => {
  const page = await embed.open(figure('emergence-in-time'));
  const told = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.body.addEventListener('lab-predicted', ({ detail }) => resolve(detail)),
      ),
  );
  await done(page).waitFor();
  expect(await violations(page)).toEqual([]);
  await predict(page);
  expect(await told).toMatchObject({ kind: 'curve' });
  await page.getByRole('button', { name: 'Run it here' }).and(page.locator(':focus')).waitFor();
  expect(await violations(page)).toEqual([]);
  await press(page, 'Replay the recorded run');
  const moment = page.getByLabel('Moment of the recorded run');
  await moment.fill('0.5');
  expect(await page.locator('.against').count()).toBe(0);
  await moment.fill('1');
  await page.getByText('You predicted never; the recorded run gave 590 steps.').waitFor();
  expect(await page.locator('.against b').innerText()).toMatch(/^\d+ of 100 points$/);
  expect(await page.locator('path.expected').count()).toBe(1);
  expect(await violations(page)).toEqual([]);
});

test('a finger that comes before the pen draws all the same', async () => {
  const page = await embed.open(figure('learning'), { hasTouch: true });
  await done(page).waitFor();
  await page.locator('.ground').scrollIntoViewIfNeeded();
  const box = (await page.locator('.ground').boundingBox())!;
  await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.getByRole('slider', { name: /^Your prediction/ }).waitFor();
  await page.mouse.move(box.x + box.width - 2, box.y + 0.8 * box.height, { steps: 12 });
  await page.mouse.up();
  await expect.poll(() => page.locator('path.expected').count()).toBe(1);
  await press(page, 'Draw anew');
  expect(await page.locator('path.expected').count()).toBe(0);
});

test('what is trained after a prediction is held against it; nothing recorded is behind it before', async () => {
  const page = await embed.open(figure('learning', 'size="small" reveal="auto"'));
  await done(page).waitFor();
  expect(page.workers()).toHaveLength(0);
  await predict(page);
  // It trains by itself, as its author has said, once there is a prediction.
  await page.getByText(/You predicted .+; your run gave .+/).waitFor({ timeout: 120_000 });
  await page.waitForSelector('lab-chart');
  expect(await violations(page)).toEqual([]);
});

test('a page that says run has said that it may be seen; shown is shown; another lesson waits anew', async () => {
  const page = await embed.open(figure('learning', 'size="small"'));
  await done(page).waitFor();
  await page.evaluate(() => void document.querySelector('scaling-lab')!.run());
  await page.getByText('Finished: ').waitFor({ timeout: 120_000 });
  const set = (name: string, value: string): Promise<void> =>
    page.evaluate(
      ([name, value]) => document.querySelector('scaling-lab')!.setAttribute(name!, value!),
      [name, value],
    );
  await set('lesson', 'mirage');
  await done(page).waitFor();
  await set('answer', 'shown');
  await page.getByText(recorded('mirage').verdict.sentence.en).waitFor();
  expect(await done(page).count()).toBe(0);
  await set('answer', 'now');
  await page.getByRole('alert').getByText('answer: must be one of wait, shown').waitFor();
});

test('in an iframe the address says whether the answer waits', async () => {
  const page = await embed.open(
    `<iframe title="figure" width="700" height="600" src="ORIGIN/embed.html?lesson=mirage&lang=zh"></iframe>
     <iframe title="other" width="700" height="600" src="ORIGIN/embed.html?lesson=mirage&answer=shown"></iframe>`,
  );
  await page.frameLocator('[title=figure]').getByRole('button', { name: '这就是我的预测' }).waitFor();
  await page.frameLocator('[title=other]').getByText(recorded('mirage').verdict.sentence.en).waitFor();
});
