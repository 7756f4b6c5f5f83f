/**
 * One device per test file, through Dawn. A missing adapter fails the suite. With `FEATURE_LEVEL=compatibility` in the
 * environment all tests that take the device from here run with what compatibility mode grants, and no feature.
 */
import { afterAll, beforeAll } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { Device, type DeviceOptions } from '../../src/gpu/device.ts';

const LEVEL: DeviceOptions =
  process.env.FEATURE_LEVEL === 'compatibility' ? { featureLevel: 'compatibility', defaultLimits: true } : {};

/** Call at the top of a test file or `describe`; the returned function gives the device inside tests. */
export function useDevice(options: DeviceOptions = {}): () => Device {
  let device: Device | undefined;
  beforeAll(async () => {
    device = await Device.acquire(createGPU(), { ...LEVEL, ...options });
  });
  afterAll(() => device?.destroy());
  return () => device!;
}
