/** A device for a command: the best driver of the machine, through Dawn, and the kernels that are fastest on it; or none. */
import { Device } from '../gpu/device.ts';
import { tune } from '../training/tuning.ts';
import { UsageError } from './arguments.ts';
import { createGPU, findDriver } from './driver.ts';
import { tuningFile } from './tuning-file.ts';

/** `cpu` needs no driver, and compiles nothing. */
export const DEVICES = ['gpu', 'cpu'] as const;

/** The option of all commands that train. */
export const DEVICE_OPTION = { device: { type: 'string' } } as const;
export const DEVICE_USAGE = `[--device ${DEVICES.join('|')}]`;

/**
 * @param kind as the option has it
 * @throws UsageError where there is no such kind; Error with advice when the machine has no Vulkan driver that Dawn accepts
 */
export async function acquireDevice(kind = 'gpu'): Promise<Device> {
  if (!DEVICES.some((known) => known === kind)) {
    throw new UsageError(`--device: must be one of ${DEVICES.join(', ')}, not "${kind}"`);
  }
  if (kind === 'cpu') return Device.cpu();
  const { icd } = findDriver();
  if (icd) process.env.VK_DRIVER_FILES = icd;
  const device = await Device.acquire(createGPU());
  await tune(device, tuningFile());
  return device;
}
