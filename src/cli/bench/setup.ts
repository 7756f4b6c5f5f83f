/** What all measurements begin with: a GPU whose calls are counted, a tuned device, the workloads by their names. */
import { GPUCalls } from '../../bench/counting.ts';
import { WORKLOADS, type Workload } from '../../bench/workloads.ts';
import { Device } from '../../gpu/device.ts';
import { tune } from '../../training/measuring/tuning.ts';
import { UsageError } from '../arguments.ts';
import { createGPU, findDriver } from '../driver.ts';
import { tuningFile } from '../tuning-file.ts';

/** Drivers keep compiled shaders on disk; without that, `compileMs` is what a first visit costs. */
const NO_SHADER_CACHE = { MESA_SHADER_CACHE_DISABLE: 'true', __GL_SHADER_DISK_CACHE: '0' };

export async function acquireTuned(gpu: GPU): Promise<Device> {
  const device = await Device.acquire(gpu);
  await tune(device, tuningFile());
  return device;
}

/** Dawn on the machine's best driver, with its calls counted; call it before any device is made. Toggles are Dawn's. */
export function prepareGPU(toggles: readonly string[] = []): { gpu: GPU; calls: GPUCalls } {
  const { icd } = findDriver();
  if (icd) process.env.VK_DRIVER_FILES = icd;
  Object.assign(process.env, { ...NO_SHADER_CACHE, ...process.env });
  const gpu = createGPU(toggles);
  return { gpu, calls: GPUCalls.watch() };
}

/** @throws UsageError */
export function chosen(names: readonly string[] | undefined): readonly Workload[] {
  if (!names) return WORKLOADS;
  return names.map((name) => {
    const found = WORKLOADS.find((workload) => workload.name === name);
    if (found) return found;
    const known = WORKLOADS.map((workload) => workload.name).join(', ');
    throw new UsageError(`--workload: must be one of ${known}, not "${name}"`);
  });
}
