/** What a device grants the workgroups of a kernel. */

export interface Grants {
  /** threads of a workgroup: a power of two, no more than `MOST_THREADS` */
  threads: number;
  /** bytes of workgroup memory */
  workgroupStorage: number;
  /** storage buffers of a dispatch */
  storageBuffers: number;
}

/** What every device grants, those of WebGPU's compatibility mode too: kernels that are built for it run everywhere. */
export const LEAST: Grants = { threads: 128, workgroupStorage: 16384, storageBuffers: 8 };

/** What WebGPU's core grants. More would not be faster, and would change the order of sums. */
const MOST_THREADS = 256;

type Limits = Pick<
  GPUSupportedLimits,
  | 'maxComputeInvocationsPerWorkgroup'
  | 'maxComputeWorkgroupSizeX'
  | 'maxComputeWorkgroupStorageSize'
  | 'maxStorageBuffersPerShaderStage'
>;

export function grantsOf(limits: Limits): Grants {
  const threads = Math.min(
    MOST_THREADS,
    limits.maxComputeInvocationsPerWorkgroup,
    limits.maxComputeWorkgroupSizeX,
  );
  return {
    threads: 2 ** Math.floor(Math.log2(threads)),
    workgroupStorage: limits.maxComputeWorkgroupStorageSize,
    storageBuffers: limits.maxStorageBuffersPerShaderStage,
  };
}

/** Whether kernels can be built for a device that grants so much. */
export function sufficient(grants: Grants): boolean {
  return (Object.keys(LEAST) as (keyof Grants)[]).every((key) => grants[key] >= LEAST[key]);
}
