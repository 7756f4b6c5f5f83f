/** What embedded figures tell of their training, and what their worker holds of the GPU. */
import type { Page } from 'playwright-core';

export const PATIENCE = { timeout: 60_000 };

export interface Heard {
  name: string;
  id: string;
  detail: Record<string, unknown>;
}

/** Notes all events of figures, and counts what the worker holds of the GPU. */
export function listen(): void {
  const heard: Heard[] = [];
  Object.assign(window, { heard });
  for (const name of [
    'lab-ready',
    'lab-progress',
    'lab-milestone',
    'lab-complete',
    'lab-error',
    'lab-recovered',
  ]) {
    addEventListener(name, (event) => {
      const { detail, target } = event as CustomEvent<Record<string, unknown>>;
      heard.push({ name, id: (target as Element).id, detail });
    });
  }
  const count = `{
    const gpu = (self.gpu = { devices: 0, bytes: 0 });
    self.loseDevice = () => undefined;
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...of) {
      gpu.devices++;
      const device = await requestDevice.apply(this, of);
      self.loseDevice = () => device.destroy();
      return device;
    };
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (...of) {
      const buffer = createBuffer.apply(this, of); gpu.bytes += buffer.size; return buffer;
    };
    const gone = new WeakSet(), { destroy } = GPUBuffer.prototype;
    GPUBuffer.prototype.destroy = function () {
      if (!gone.has(this)) { gone.add(this); gpu.bytes -= this.size; }
      destroy.call(this);
    };
  }\n`;
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => make(new Blob([count, blob as Blob], { type: 'text/javascript' }));
}

export const heard = (page: Page, name: string, id?: string): Promise<Heard[]> =>
  page.evaluate(
    ([name, id]) =>
      (window as unknown as { heard: Heard[] }).heard.filter(
        (event) => event.name === name && (id === undefined || event.id === id),
      ),
    [name, id] as const,
  );

export async function until(page: Page, name: string, id?: string): Promise<void> {
  await page.waitForFunction(
    ([name, id]) =>
      (window as unknown as { heard: Heard[] }).heard.some(
        (event) => event.name === name && (id === undefined || event.id === id),
      ),
    [name, id] as const,
    PATIENCE,
  );
}

/** Of each experiment that has ended: as it is told, and as its run had it. */
export const seedsOf = async (page: Page): Promise<unknown[]> =>
  (await heard(page, 'lab-complete')).map(({ detail }) => [
    detail.seed,
    (detail.results as Record<string, { spec: { seed: number } }>).run!.spec.seed,
  ]);

export const gpu = (page: Page): Promise<{ devices: number; bytes: number }> =>
  page.workers()[0]!.evaluate(() => (self as unknown as { gpu: { devices: number; bytes: number } }).gpu);
