/** The figure's page in a frame of another site: its height is told in each way that hosts understand. */
import { expect, test } from 'vitest';
import { useEmbed } from '../support/embed.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);
const FRAME =
  '<iframe title="figure" src="ORIGIN/embed.html?lesson=mirage" width="640" height="120"></iframe>';

interface Told {
  ours: number[];
  canvas: number[];
  medium: { height: number; src: string }[];
}

/** In the page around: what the frame has said. */
function listen(): void {
  if (window !== top) return;
  const told: Told = { ours: [], canvas: [], medium: [] };
  Object.assign(window, { told });
  addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') {
      const said = JSON.parse(data) as { context: string; height: number; src: string };
      if (said.context === 'iframe.resize') told.medium.push(said);
      return;
    }
    const { type, subject, height } = data as { type?: string; subject?: string; height: number };
    if (type === 'scaling-lab-height') told.ours.push(height);
    if (subject === 'lti.frameResize') told.canvas.push(height);
  });
}

test('ours, Canvas’ and Medium’s messages give the height that the figure has, from another origin', async () => {
  const page = await embed.open(FRAME, { before: listen });
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Show me' }).click();
  await frame.getByText('Recorded run:').waitFor();
  const told = (): Promise<Told> => page.evaluate(() => (window as unknown as { told: Told }).told);
  const height = await frame
    .locator('html')
    .evaluate((root) => Math.ceil(root.getBoundingClientRect().height));
  expect(height).toBeGreaterThan(300);
  await expect.poll(async () => (await told()).ours.at(-1)).toBe(height);
  const { canvas, medium } = await told();
  expect(canvas.at(-1)).toBe(height);
  expect(medium.at(-1)).toMatchObject({ height, src: `${embed.origin}/embed.html?lesson=mirage` });
});

test('responsive frames of Chrome: the page says that it may be sized so, and asks for it', async () => {
  const page = await embed.open(FRAME, {
    before: () => {
      if (window === top) return;
      let asked = 0;
      Object.assign(window, {
        requestResize: () => {
          document.documentElement.dataset.asked = String(++asked);
          // As where the document may not ask.
          throw new DOMException('not allowed', 'NotAllowedError');
        },
      });
    },
  });
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Show me' }).waitFor();
  expect(await frame.locator('meta[name="responsive-embedded-sizing"]').count()).toBe(1);
  await expect.poll(() => frame.locator('html').getAttribute('data-asked')).not.toBeNull();
});

test('a host that lets nothing in but the frame has a figure that trains', async () => {
  const spec = encodeURIComponent(
    '{"task":{"name":"sine"},"model":{"kind":"mlp","hidden":[4]},"batch":16,"steps":10}',
  );
  const page = await embed.open(
    `<iframe title="figure" sandbox="allow-scripts" src="ORIGIN/embed.html?spec=${spec}" width="640" height="500"></iframe>`,
    {
      headers: {
        'content-security-policy': "default-src 'none'; frame-src http://127.0.0.1:*; img-src data:",
      },
    },
  );
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Run it here' }).click();
  await frame.locator('lab-plan-bar').getByText('finished').waitFor({ timeout: 120_000 });
});
