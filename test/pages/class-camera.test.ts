/** A result is scanned by the camera: here a film of its QR code, which Chromium takes for one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeResult } from '../../src/class/codec.ts';
import { qrSquares } from '../../src/class/qr.ts';
import { planted } from '../class/planted.ts';
import { useBrowser } from '../support/browser.ts';

const [WIDTH, HEIGHT] = [1280, 720];
const folder = mkdtempSync(join(tmpdir(), 'scaling-lab-film-'));
const film = join(folder, 'code.y4m');
writeFileSync(film, filmOf(`https://lab.example/#/class?r=${await encodeResult(planted(0))}`));
afterAll(() => rmSync(folder, { recursive: true }));

const browser = useBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]);

/** Two grey pictures in YUV4MPEG2, 4:2:0: the code in the middle of a wall. */
function filmOf(text: string): Buffer {
  const squares = qrSquares(text);
  const scale = Math.floor(HEIGHT / squares.length);
  const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - scale * squares.length) / 2)) as [
    number,
    number,
  ];
  const luma = Buffer.alloc(WIDTH * HEIGHT, 200);
  squares.forEach((row, y) =>
    row.forEach((dark, x) => {
      for (let dy = 0; dy < scale; dy++) {
        const at = (top + y * scale + dy) * WIDTH + left + x * scale;
        luma.fill(dark ? 30 : 225, at, at + scale);
      }
    }),
  );
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`),
    frame,
    frame,
  ]);
}

test('a code before the camera is read once, and the camera is let go', async () => {
  const page = await browser.open('test/support/fake.html?recorded=%22shipped%22#/class', { locale: 'en' });
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await page.getByText('1 of us · 1 have predicted.').waitFor({ timeout: 60_000 });
  expect(await page.locator('.report').innerText()).toBe('1 added');
  // It stays before the camera.
  await page.waitForTimeout(1500);
  expect(await page.locator('.report').innerText()).toBe('1 added');
  await page.getByRole('button', { name: 'Stop the camera' }).click();
  await expect.poll(() => page.locator('video').count()).toBe(0);
});
