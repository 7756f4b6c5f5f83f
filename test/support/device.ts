/** One device per test file, through Dawn. A missing adapter fails the suite. */
import { afterAll, beforeAll } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { Device, type DeviceOptions } from '../../src/gpu/device.ts';

/** Call at the top of a test file or `describe`; the returned function gives the device inside tests. */
export function useDevice(options: DeviceOptions = {}): () => Device {
  let device: Device | undefined;
  beforeAll(async () => {
    device = await Device.acquire(createGPU(), options);
  });
  afterAll(() => device?.destroy());
  return () => device!;
}
