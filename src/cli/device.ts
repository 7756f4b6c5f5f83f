/** A device for a command: the best driver of the machine, through Dawn, and the kernels that are fastest on it. */
import { Device } from '../gpu/device.ts';
import { tune } from '../training/tuning.ts';
import { createGPU, findDriver } from './driver.ts';
import { tuningFile } from './tuning-file.ts';

/** @throws Error with advice when the machine has no Vulkan driver that Dawn accepts */
export async function acquireDevice(): Promise<Device> {
  const { icd } = findDriver();
  if (icd) process.env.VK_DRIVER_FILES = icd;
  const device = await Device.acquire(createGPU());
  await tune(device, tuningFile());
  return device;
}
