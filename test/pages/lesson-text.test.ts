/** The text of lessons: words that point, the check, both languages. */
import { expect, test } from 'vitest';
import { button, calls, FAST, untilPhase, useLessons } from '../support/lesson-page.ts';

const { finished, open } = useLessons();

test('words point at the figure, and say what they mean', async () => {
  const page = await finished();
  await button(page, 'noise floor').click();
  expect(await button(page, 'noise floor').getAttribute('aria-pressed')).toBe('true');
  await page.getByText('come close to the variance of the noise').waitFor();
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.emphasis)).toBeTruthy();
  await button(page, 'noise floor').click();
  expect(await page.evaluate(() => document.querySelector('lab-chart')!.emphasis)).toBeUndefined();
});

test('the check waits for the numbers, then judges by them; the reason is shown either way', async () => {
  const page = await open('lesson/learning', FAST);
  await untilPhase(page, 'ready');
  const answers = page.getByRole('radio');
  expect(await page.locator('.reason').isHidden()).toBe(true);
  await answers.nth(1).check();
  await page.getByText('your own numbers will decide').waitFor();
  await button(page, 'Run').click();
  await untilPhase(page, 'finished');
  await page.getByText('Your run says otherwise').waitFor();
  expect(await page.locator('.answers [data-state=right]').count()).toBe(1);
  await page.locator('.answers [data-state=right]').click();
  await page.getByText('Your run agrees.').waitFor();
  expect(await page.locator('.reason').innerText()).toContain('was stopped, not finished');
});

test('the language is the visitor’s, can be switched, and is remembered; a run goes on', async () => {
  const page = await open('lesson/learning', { tickMs: 30, stepsPerTick: 20 }, { locale: 'zh-CN' });
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
  await page.getByRole('heading', { name: '什么是损失曲线？' }).waitFor();
  await untilPhase(page, 'ready');
  await button(page, '运行').click();
  await page.waitForFunction(() => (document.querySelector('lab-plan-bar')!.progress?.step ?? 0) > 40);
  await button(page, 'English').click();
  await page.getByRole('heading', { name: 'What is a loss curve?' }).waitFor();
  await page.getByText('Somebody drew a wavy line').waitFor();
  await button(page, 'Pause').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.title()).toMatch(/^What is a loss curve/);
  expect((await calls(page)).filter((call) => call === 'openExperiment')).toHaveLength(1);
  await page.reload();
  await page.getByRole('heading', { name: 'What is a loss curve?' }).waitFor();
});

test('no English is left on a page in Chinese', async () => {
  const page = await open('lesson/learning', FAST, { locale: 'zh-CN' });
  await untilPhase(page, 'ready');
  await button(page, '运行').click();
  await untilPhase(page, 'finished');
  const left = async (): Promise<string[]> => {
    // Commands are the same in every language.
    const commands = await page.locator('code').allInnerTexts();
    const text = commands.reduce(
      (all, command) => all.replace(command, ''),
      await page.locator('body').innerText(),
    );
    const known =
      /^(GFLOP|token|log|PNG|CSV|English|Pretend|GPU|Adam|Kingma|Ba|loss|noise|held|out|sin|MLP|Transformer|WebGPU)$/i;
    return [...new Set(text.match(/[A-Za-z]{3,}/g))].filter((word) => !known.test(word));
  };
  expect(await left()).toEqual([]);
  await page.evaluate(() => (location.hash = '#/'));
  await page.waitForSelector('home-page');
  expect(await left()).toEqual([]);
});
