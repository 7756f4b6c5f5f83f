/**
 * The pictures by which messengers show a link, public/cards/NAME.LANGUAGE.png: the question and an empty chart, since
 * the answer waits. Made anew by `npm run cards` when a question or the looks change; they are files of the site.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { runnerImport } from 'vite';

const load = async (path) => (await runnerImport(path, { logLevel: 'error' })).module;
const { documentsOf } = await load('/build/pages/documents.ts');
const { CARD, cardOf } = await load('/build/pages/head.ts');
const { WORDS } = await load('/build/pages/words.ts');
const { TAGS } = await load('/src/languages.ts');
const { findChromium } = await load('/test/support/chromium.ts');

const styles = readFileSync('src/styles/tokens.css', 'utf8');
const layout = `
  body { margin: 0; width: ${CARD.width}px; height: ${CARD.height}px; background: var(--lab-paper); color: var(--lab-ink);
    font-family: var(--lab-sans); display: grid; grid-template-columns: 1fr 470px; overflow: hidden; }
  div { padding: 64px 24px 56px 72px; display: flex; flex-direction: column; }
  .site { display: flex; align-items: center; gap: 16px; font-size: 30px; font-weight: 600; margin: 0; }
  .site::before { content: ''; width: 26px; height: 26px; border-radius: 8px; background: var(--lab-accent); }
  h1 { font-size: 62px; line-height: 1.16; letter-spacing: -0.02em; margin: auto 0 24px; text-wrap: balance; }
  h1:lang(zh) { letter-spacing: 0; line-height: 1.3; }
  .what { font-size: 27px; line-height: 1.45; color: var(--lab-ink-2); margin: 0 0 auto; }
  svg { margin: 60px 60px 60px 0; background: var(--lab-card); border-radius: 24px; border: 1px solid var(--lab-line); }`;
const axes = `<svg viewBox="0 0 410 510" xmlns="http://www.w3.org/2000/svg">
  <path d="M60 120H370M60 205H370M60 290H370M60 375H370M150 60V440M235 60V440M320 60V440" stroke="var(--lab-line)" fill="none" />
  <path d="M60 60V440H370" stroke="var(--lab-ink-3)" stroke-width="2.5" fill="none" />
  <path d="M60 400C150 395 170 330 205 300" stroke="var(--lab-predict)" stroke-width="6" stroke-linecap="round" fill="none" />
  <path d="M226 278C270 226 310 160 368 140" stroke="var(--lab-predict)" stroke-width="6" stroke-linecap="round" stroke-dasharray="2 17" fill="none" />
  <text x="118" y="200" font-size="112" font-weight="700" fill="var(--lab-predict)" font-family="var(--lab-sans)">?</text>
</svg>`;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: CARD.width, height: CARD.height } });
mkdirSync('public/cards', { recursive: true });
for (const document of await documentsOf()) {
  const { language, description, heading } = document;
  await page.setContent(`<!doctype html><html lang="${TAGS[language]}" data-theme="light"><meta charset="utf-8" />
    <style>${styles}${layout}</style>
    <div><p class="site">${WORDS[language].site}</p><h1>${escaped(heading)}</h1><p class="what">${escaped(description)}</p></div>${axes}`);
  await page.screenshot({ path: `public/${cardOf(document)}` });
}
await browser.close();
