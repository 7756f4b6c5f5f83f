/**
 * One device per test file, through Dawn or without a GPU. A missing adapter fails the suite. With
 * `FEATURE_LEVEL=compatibility` in the environment all tests that take a GPU from here run with what compatibility mode
 * grants, and no feature.
 */
import { afterAll, beforeAll } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { Device, type DeviceOptions } from '../../src/gpu/device.ts';

/** For tests that hold on both: `describe.each(DEVICES)`. */
export const DEVICES = ['gpu', 'cpu'] as const;

interface Options extends DeviceOptions {
  /** default `gpu` */
  kind?: (typeof DEVICES)[number];
}

const LEVEL: DeviceOptions =
  process.env.FEATURE_LEVEL === 'compatibility' ? { featureLevel: 'compatibility', defaultLimits: true } : {};

/** Call at the top of a test file or `describe`; the returned function gives the device inside tests. */
export function useDevice({ kind = 'gpu', ...options }: Options = {}): () => Device {
  let device: Device | undefined;
  beforeAll(async () => {
    device =
      kind === 'cpu' ? await Device.cpu() : await Device.acquire(createGPU(), { ...LEVEL, ...options });
  });
  afterAll(() => device?.destroy());
  return () => device!;
}
