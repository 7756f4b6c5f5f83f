import type { Device } from '../gpu/device.ts';

/** Whether the device is gone; a loss may be reported a moment after the work that it broke. */
export function isLost(device: Device): Promise<boolean> {
  return Promise.race([
    device.lost.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100)),
  ]);
}
