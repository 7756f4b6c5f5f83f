/** A device for a command: of the best driver of the machine, through Dawn, with the kernels that are fastest on it; or none. */
import { type Wanted, WANTED, wantedIn } from '../devices/choice.ts';
import { DeviceChooser } from '../devices/choose.ts';
import { detailsOf } from '../devices/details.ts';
import type { Device } from '../gpu/device.ts';
import { checkFeatures } from '../training/measuring/trust.ts';
import { tune } from '../training/measuring/tuning.ts';
import { readArguments, UsageError } from './arguments.ts';
import { createGPU, findDriver } from './driver.ts';
import { withoutDriverWarnings } from './driver-warnings.ts';
import { tuningFile } from './tuning-file.ts';

/** `cpu` needs no driver, and compiles nothing. */
export const DEVICES = WANTED;

/** The option of all commands that train. */
export const DEVICE_OPTION = { device: { type: 'string' } } as const;
export const DEVICE_USAGE = `[--device ${DEVICES.join('|')}]`;
export const DEVICE_COMMAND_USAGE = `device ${DEVICE_USAGE}`;

/**
 * @param kind as the option has it. By default any adapter comes before the processor: what a measurement would choose
 *   might differ from one call to the next, and so would the last bits of what is trained
 * @throws UsageError where there is no such kind
 */
export async function acquireDevice(kind = 'gpu'): Promise<Device> {
  const wanted = wantedIn(kind);
  if (!wanted) throw new UsageError(`--device: must be one of ${DEVICES.join(', ')}, not "${kind}"`);
  const gpu = wanted === 'cpu' ? undefined : gpuFor();
  const choose = (): Promise<Device> => new DeviceChooser({ gpu, wanted }).choose();
  const device = await (gpu ? withoutDriverWarnings(choose) : choose());
  if (device.cpu) return device;
  await checkFeatures(device);
  for (const [feature, reason] of device.distrusted) console.error(`Left out: ${feature}. ${reason}`);
  await tune(device, tuningFile());
  return device;
}

/** Nothing where the machine has no Vulkan driver that Dawn accepts. */
function gpuFor(): GPU | undefined {
  try {
    const { icd } = findDriver();
    if (icd) process.env.VK_DRIVER_FILES = icd;
    return createGPU();
  } catch (error) {
    console.error(`${(error as Error).message} Until then the processor trains.`);
    return undefined;
  }
}

/** `device`: what would train, what was tried, and what it allows, as JSON: what a helper needs to know. */
export async function device(argv: string[]): Promise<number> {
  const { values } = readArguments(argv, DEVICE_OPTION);
  const wanted = (values.device ?? 'gpu') as Wanted;
  const chosen = await acquireDevice(wanted);
  const { version, platform, arch } = process;
  const told = { node: version, platform, arch, wanted, device: { name: chosen.name, ...detailsOf(chosen) } };
  console.log(JSON.stringify(told, undefined, 2));
  return 0;
}
