/** Adapter and device: what the engine asks for, what it got, and what it holds. */
import type { CpuHandle } from '../cpu/handle.ts';
import { loadCpu } from '../cpu/load.ts';
import {
  type Adapter,
  type FeatureLevel,
  FEATURE_LEVELS,
  findAdapter,
  isSoftware,
  nameOf,
} from './adapter.ts';
import { type Grants, grantsOf, LEAST } from './grants.ts';

/** Features that the engine uses where an adapter offers them; none is needed. */
const WANTED_FEATURES: GPUFeatureName[] = ['subgroups', 'timestamp-query', 'shader-f16'];

/** Raised when there is no WebGPU or no adapter; the message says what a person can do about it. */
export class NoGPUError extends Error {
  override name = 'NoGPUError';
}

/** Raised when the GPU has no room for a buffer that its limits allow. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
}

export interface DeviceOptions {
  /** Ask for a device of this level alone; else for one of the core or, where there is none, in compatibility mode. */
  featureLevel?: FeatureLevel;
  /** Ask for nothing above WebGPU's default limits and for no feature: what the weakest device gives. */
  defaultLimits?: boolean;
}

/** What the engine has made on a device; tests and `bench` read it to show that a step makes nothing. */
export interface DeviceCounters {
  buffersCreated: number;
  buffersAlive: number;
  bytesAlive: number;
  bindGroupsCreated: number;
  submits: number;
}

/** How a device without a GPU is told. */
const CPU_INFO = { vendor: '', architecture: '', device: 'CPU', description: '' } as GPUAdapterInfo;

/** A device, GPU or not, with its limits, its counters and the event of its loss. All resources are made through it. */
export class Device {
  readonly counters: DeviceCounters = {
    buffersCreated: 0,
    buffersAlive: 0,
    bytesAlive: 0,
    bindGroupsCreated: 0,
    submits: 0,
  };
  /** Resolves with the reason when the device is lost; `destroy` counts as a loss with reason "destroyed". */
  readonly lost: Promise<GPUDeviceLostInfo>;
  /** features that the device says it has, but got wrong, and what was wrong */
  readonly distrusted = new Map<GPUFeatureName, string>();
  /** bytes that may be held at once, where less is allowed than the device itself says */
  mostBytes: number | undefined;
  private readonly sizes = new Map<GPUBuffer, number>();
  /** buffers that are made by the `allocating` under way */
  private made: GPUBuffer[] | undefined;

  private constructor(
    readonly handle: GPUDevice,
    readonly info: GPUAdapterInfo,
    readonly featureLevel: FeatureLevel | undefined,
    /** where programs run without a GPU: what `handle` is then */
    readonly cpu?: CpuHandle,
  ) {
    this.lost = handle.lost;
  }

  /**
   * @param gpu `navigator.gpu` in a page or worker, Dawn's `create([])` in Node
   * @throws NoGPUError when there is no adapter
   */
  static async acquire(gpu: GPU | undefined, options: DeviceOptions = {}): Promise<Device> {
    if (!gpu) {
      throw new NoGPUError(
        'This browser has no WebGPU. Use a current Chrome, Edge, Safari or Firefox, on https or localhost.',
      );
    }
    for (const level of options.featureLevel ? [options.featureLevel] : FEATURE_LEVELS) {
      const adapter = await findAdapter(gpu, level);
      if (adapter) return Device.of(adapter, options);
    }
    throw new NoGPUError(
      'WebGPU found no graphics adapter. Turn on hardware acceleration in the browser, update the driver, or try another browser.',
    );
  }

  /** The device of an adapter. */
  static async of({ handle: adapter, featureLevel }: Adapter, options: DeviceOptions = {}): Promise<Device> {
    const { limits } = adapter;
    const handle = await adapter.requestDevice({
      label: 'scaling-lab',
      ...(!options.defaultLimits && {
        requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
        requiredLimits: {
          ...threadsOf(limits),
          maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
          maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
          maxBufferSize: limits.maxBufferSize,
        },
      }),
    });
    return new Device(handle, adapter.info, featureLevel);
  }

  /** A device without a GPU: it runs the same programs by plain loops, on the thread that it is made in. */
  static async cpu(): Promise<Device> {
    const CpuHandle = await loadCpu();
    return Device.on(new CpuHandle());
  }

  /** A device that runs on this, in place of a GPU. */
  static on(handle: CpuHandle): Device {
    return new Device(handle as unknown as GPUDevice, CPU_INFO, undefined, handle);
  }

  get limits(): GPUSupportedLimits {
    return this.handle.limits;
  }

  /** What kernels are built for; a device without a GPU has no workgroups. */
  get grants(): Grants {
    return this.cpu ? { ...LEAST, workgroupStorage: 0 } : grantsOf(this.limits);
  }

  /** A name for people: `nvidia-h200`, `llvmpipe (LLVM 15)`, … */
  get name(): string {
    return nameOf(this.info);
  }

  /** Whether the device computes on the CPU; such devices want other kernel variants. */
  get isSoftware(): boolean {
    return this.cpu !== undefined || isSoftware(this.info);
  }

  /** Threads of a subgroup, where the device has subgroups and says that all are of one size. */
  get subgroupSize(): number | undefined {
    const { subgroupMinSize, subgroupMaxSize } = this.info;
    const isOne = subgroupMinSize === subgroupMaxSize && subgroupMinSize > 0;
    return this.has('subgroups') && isOne ? subgroupMinSize : undefined;
  }

  /** Whether the device has a feature that may be relied on. */
  has(feature: GPUFeatureName): boolean {
    return this.handle.features.has(feature) && !this.distrusted.has(feature);
  }

  /** From here on nothing is built with a feature: what was computed with it is wrong. */
  distrust(feature: GPUFeatureName, reason: string): void {
    this.distrusted.set(feature, reason);
  }

  /** @param size bytes, rounded up to a multiple of 4 */
  createBuffer(label: string, size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const bytes = Math.max(4, Math.ceil(size / 4) * 4);
    if (bytes > this.limits.maxBufferSize) {
      throw new RangeError(
        `${label} needs ${bytes} bytes in one buffer; this device allows ${this.limits.maxBufferSize}.`,
      );
    }
    const buffer = this.handle.createBuffer({ label, size: bytes, usage });
    this.counters.buffersCreated++;
    this.counters.buffersAlive++;
    this.counters.bytesAlive += bytes;
    this.sizes.set(buffer, bytes);
    this.made?.push(buffer);
    return buffer;
  }

  /**
   * Runs `work`, which makes buffers and waits for nothing. Where it fails, what it made is freed.
   * @throws OutOfMemoryError when the GPU has no room for them
   */
  async allocating<T>(work: () => T): Promise<T> {
    const made: GPUBuffer[] = (this.made = []);
    this.handle.pushErrorScope('out-of-memory');
    try {
      try {
        return work();
      } finally {
        this.made = undefined;
        // Called before anything is awaited: scopes are a stack that all runs of the device share.
        const error = await this.handle.popErrorScope();
        if (error) {
          const bytes = made.reduce((sum, buffer) => sum + (this.sizes.get(buffer) ?? 0), 0);
          throw new OutOfMemoryError(`the GPU has no room for ${Math.ceil(bytes / 2 ** 20)} MiB more`);
        }
      }
    } catch (error) {
      for (const buffer of made) this.destroyBuffer(buffer);
      throw error;
    }
  }

  destroyBuffer(buffer: GPUBuffer): void {
    const bytes = this.sizes.get(buffer);
    if (bytes === undefined) return;
    this.sizes.delete(buffer);
    this.counters.buffersAlive--;
    this.counters.bytesAlive -= bytes;
    buffer.destroy();
  }

  createBindGroup(descriptor: GPUBindGroupDescriptor): GPUBindGroup {
    this.counters.bindGroupsCreated++;
    return this.handle.createBindGroup(descriptor);
  }

  submit(encoder: GPUCommandEncoder): void {
    this.counters.submits++;
    this.handle.queue.submit([encoder.finish()]);
  }

  /** Frees everything; `lost` resolves with reason "destroyed". */
  destroy(): void {
    for (const buffer of [...this.sizes.keys()]) this.destroyBuffer(buffer);
    this.handle.destroy();
  }
}

/** As many threads of a workgroup as kernels are built for: in compatibility mode no more than 128 unless asked for. */
function threadsOf(limits: GPUSupportedLimits): Record<string, number> {
  const { threads } = grantsOf(limits);
  return { maxComputeInvocationsPerWorkgroup: threads, maxComputeWorkgroupSizeX: threads };
}
