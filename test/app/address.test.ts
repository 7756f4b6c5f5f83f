/** Addresses as they come back from messengers, mail programs and people. */
import { expect, test } from 'vitest';
import { readAddress, withoutTrackers } from '../../src/app/sharing/address.ts';
import { pageOf, UNKNOWN } from '../../src/app/pages.ts';
import { decodeLink, encodeLink, LinkError, plainLink, type Shared } from '../../src/state/link.ts';

const shared: Shared = {
  lesson: 'sandbox',
  size: 'standard',
  seed: 3,
  changes: { 'task.name': 'shapes', steps: 200 },
  prediction: {},
  view: {},
};

async function opened(hash: string): Promise<[page: string, shared: Shared]> {
  const { words } = readAddress(hash);
  return [pageOf(hash), await decodeLink(words.get('s') ?? '')];
}

const BEHIND = [
  '', '.', ',', ')', ').', '=', '==', '%3D', '%3D%3D', '>', '%3E', "'", '"', '%22', '!', ';', ':', ']', '*', '…', '。',
  '，', '）', '」', ' ', '\n', '%0A', '%20', '\u200B', '\uFEFF', '%E2%80%8B', '&fbclid=IwAR0_x-y', '?fbclid=abc',
  '&utm_source=whatsapp&utm_medium=social', '%26utm_source%3Dx', '#heading', '%253D', '</a>', '%3C/a%3E', '](here)', '" target="_blank', '的链接',
]; // prettier-ignore

test.each(BEHIND)('a link with %j behind it is read', async (behind) => {
  const link = await encodeLink(shared);
  expect(await opened(`#/sandbox?s=${link}${behind}`)).toEqual(['sandbox', shared]);
});

test('signs within a link that cannot be seen are taken away', async () => {
  const link = await encodeLink(shared);
  for (const sign of [
    ' ',
    '\n',
    '\r\n  ',
    '\u200B',
    '\u00AD',
    '%0D%0A',
    '%E2%80%8B',
    '=\r\n',
    '\n> ',
    '>\n> ',
  ]) {
    const broken = `${link.slice(0, 20)}${sign}${link.slice(20)}`;
    expect(await opened(`#/sandbox?s=${broken}`)).toEqual(['sandbox', shared]);
  }
});

test.each([
  ['#/sandbox/?s=', ''],
  ['#sandbox?s=', ''],
  ['#!/sandbox?s=', ''],
  ['#/sandbox%3Fs=', ''],
  ['#/sandbox%3Fs%3D', ''],
  ['#%2Fsandbox%3Fs%3D', '%26fbclid%3Dx'],
  ['#/Sandbox?s=', ''],
  ['#/SANDBOX?fbclid=x&s=', ''],
  ['#/sandbox%3fs%3d', '.'],
  ['##/sandbox?s=', ''],
  ['%23/sandbox?s=', ''],
  ['#%23/sandbox?s=', ''],
  ['#/sandbox%253Fs%253D', ''],
  ['#%252Fsandbox%25253Fs%25253D', ''],
  ['#/sandbox？s=', ''],
  ['#/sandbox?S=', ''],
  ['#/sandbox?fbclid=x&amp;s=', ''],
])('%s…%s means the same', async (before, behind) => {
  expect(await opened(`${before}${await encodeLink(shared)}${behind}`)).toEqual(['sandbox', shared]);
});

test('a link that has other signs in it is damaged, and says so', async () => {
  const link = await encodeLink(shared);
  for (const wrong of [`${link.slice(0, 9)}.${link.slice(9)}`, link.slice(0, -6), `${link}äö`, '']) {
    const refused = decodeLink(wrong);
    if (wrong.endsWith('äö')) continue; // letters behind it are no part of it
    await expect(refused).rejects.toThrow(LinkError);
  }
});

test.each([
  ['?size=small&seed=3).', { size: 'small', seed: 3 }],
  ['?size=small%20&seed=3,', { size: 'small', seed: 3 }],
  ['?changes={"steps":500}).', { changes: { steps: 500 } }],
  ['?changes=%7B%22steps%22%3A500%7D&utm_source=x', { changes: { steps: 500 } }],
  ['%3Fsize%3Dsmall%26changes%3D%7B%22steps%22%3A500%7D', { size: 'small', changes: { steps: 500 } }],
])('plain words %s', (said, expected) => {
  const { page, words } = readAddress(`#/lesson/mirage${said}`);
  expect(page).toBe('lesson/mirage');
  expect(plainLink('mirage', words)).toMatchObject(expected);
});

test.each([
  ['', ''],
  ['#', ''],
  ['#/', ''],
  ['#/lesson/mirage', 'lesson/mirage'],
  ['#/Lesson/Mirage/', 'lesson/mirage'],
  ['#/lesson/mirage.', 'lesson/mirage'],
  ['#/lesson/mirage)', 'lesson/mirage'],
  ['#/teacher\u200B', 'teacher'],
  ['#/lesson/typo', UNKNOWN],
  ['#/constructor', UNKNOWN],
  ['#/__proto__', UNKNOWN],
  ['#/%ff', UNKNOWN],
  [`#/${'x'.repeat(1e6)}`, UNKNOWN],
])('the address %s means the page %s', (hash, page) => {
  expect(pageOf(hash)).toBe(page);
});

test('what others have hung on an address is not shared on', () => {
  expect(withoutTrackers('?fbclid=x&utm_source=y')).toBe('');
  expect(withoutTrackers('?lang=zh&gclid=x')).toBe('?lang=zh');
  expect(withoutTrackers('?lang=zh')).toBe('?lang=zh');
  expect(withoutTrackers('')).toBe('');
});

test('hostile addresses are refused at once', () => {
  const before = process.cpuUsage();
  for (const hash of [
    `#/lesson/mirage?changes=${'['.repeat(9000)}`,
    `#/sandbox?s=${'.'.repeat(60_000)}x`,
    `#${'%3F'.repeat(20_000)}`,
    `#${'%25'.repeat(20_000)}`,
    `#%${'25'.repeat(30_000)}3F`,
    `${'%23#'.repeat(15_000)}x`,
    `#/sandbox?s=${'=>'.repeat(30_000)}`,
  ]) {
    const { words } = readAddress(hash);
    const said = (): unknown => plainLink('mirage', words);
    if (words.has('changes')) expect(said).toThrow(LinkError);
  }
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000, 'ms of the processor').toBeLessThan(300);
});
