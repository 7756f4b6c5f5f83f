/** A device for a command: the best driver of the machine, through Dawn. */
import { Device } from '../gpu/device.ts';
import { createGPU, findDriver } from './driver.ts';

/** @throws Error with advice when the machine has no Vulkan driver that Dawn accepts */
export async function acquireDevice(): Promise<Device> {
  const { icd } = findDriver();
  if (icd) process.env.VK_DRIVER_FILES = icd;
  return Device.acquire(createGPU());
}
