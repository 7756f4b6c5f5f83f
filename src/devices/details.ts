/** The details of a device, for diagnostics. */
import type { Device } from '../gpu/device.ts';
import { kernelChoice } from '../kernels/choice.ts';
import type { DeviceDetails } from './diagnostics.ts';
import { triedFor } from './choose.ts';

/** The limits that runs and kernels depend on. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

export function detailsOf(device: Device): DeviceDetails {
  const { info, handle, distrusted } = device;
  const { huge, large, small, attention } = kernelChoice(device);
  return {
    kind: device.featureLevel ?? 'cpu',
    adapter: adapterOf(info),
    features: [...handle.features].sort(),
    limits: Object.fromEntries(
      LIMITS.flatMap((name): [string, number][] => {
        const limit = device.limits[name] as number | undefined;
        return limit === undefined ? [] : [[name, limit]];
      }),
    ),
    leftOut: Object.fromEntries(distrusted),
    tried: triedFor(device),
    kernels: device.cpu ? {} : { huge, large, small, attention },
  };
}

/** Not all browsers tell all of it, and the processor tells next to nothing. */
function adapterOf(info: Partial<GPUAdapterInfo>): DeviceDetails['adapter'] {
  const { vendor = '', architecture = '', device = '', description = '', isFallbackAdapter = false } = info;
  const { subgroupMinSize = 0, subgroupMaxSize = 0 } = info;
  return { vendor, architecture, device, description, isFallbackAdapter, subgroupMinSize, subgroupMaxSize };
}
