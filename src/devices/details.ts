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
  const { vendor, architecture, description, isFallbackAdapter } = info;
  const { huge, large, small, attention } = kernelChoice(device);
  return {
    kind: device.featureLevel ?? 'cpu',
    adapter: {
      vendor,
      architecture,
      device: info.device,
      description,
      isFallbackAdapter: isFallbackAdapter ?? false,
      subgroupMinSize: info.subgroupMinSize ?? 0,
      subgroupMaxSize: info.subgroupMaxSize ?? 0,
    },
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
