/**
 * A program: a fixed list of dispatches, compiled and bound before its first run. Running it creates no GPU
 * object, writes no buffer and waits for nothing.
 */
import type { CpuHandle, CpuPass } from '../cpu/handle.ts';
import type { Device } from './device.ts';
import { compile, type CompiledKernel, type Dispatch } from './kernel.ts';
import { place, planMemory, type Placement } from './placement.ts';
import { bytesOf, placed, size, type Tensor } from './tensor.ts';
import type { Profiler } from './profiler.ts';

export interface ProgramOptions {
  label: string;
  /** Called after each compiled pipeline. */
  onProgress?: (done: number, total: number) => void;
}

export interface ProgramCost {
  dispatches: number;
  /** floating-point operations of one run, multiply and add counted apart */
  flops: number;
  /** bytes of one run if each dispatch reads and writes each of its tensors once */
  bytes: number;
  /** bytes of the activations' buffers */
  activationBytes: number;
}

interface Step {
  label: string;
  /** the WGSL that was compiled, if any was */
  code?: string;
  repeats: boolean;
  /** @param times how often, if the step repeats itself */
  encode: (pass: GPUComputePassEncoder, times: number) => void;
}

export class Program {
  private constructor(
    private readonly device: Device,
    readonly label: string,
    private readonly steps: readonly Step[],
    private readonly placement: Placement,
    readonly cost: ProgramCost,
  ) {}

  /**
   * Compiles every kernel (in parallel), gives the activations their buffers and binds everything.
   * Tensors in `keep` can be read after a run: their memory is shared with nothing.
   * @throws ShaderError, RangeError when a dispatch or buffer exceeds the device's limits
   */
  static async build(
    device: Device,
    dispatches: readonly Dispatch[],
    keep: readonly Tensor[],
    { label, onProgress }: ProgramOptions,
  ): Promise<Program> {
    for (const dispatch of dispatches) checkDispatch(device, dispatch);
    if (dispatches.length > 1 && dispatches.some(({ repeats }) => repeats))
      throw new RangeError(`${label}: a dispatch that repeats itself must be the only one.`);
    const { cpu } = device;
    const kernels = cpu ? [] : await compileAll(device, dispatches, onProgress);
    if (cpu) onProgress?.(dispatches.length, dispatches.length);
    const placement = await device.allocating(() => place(device, planMemory(dispatches, keep)));
    const steps = cpu
      ? dispatches.flatMap(({ parts }, i) => parts ?? [dispatches[i]!]).map((part) => onCpu(cpu, part))
      : dispatches.map((dispatch, i) => onGPU(device, dispatch, kernels[i]!));
    return new Program(device, label, steps, placement, {
      dispatches: dispatches.length,
      flops: dispatches.reduce((sum, dispatch) => sum + dispatch.flops, 0),
      bytes: dispatches.reduce((sum, dispatch) => sum + traffic(dispatch), 0),
      activationBytes: placement.bytes,
    });
  }

  /** The WGSL that the device compiled, one text for each kernel. */
  get code(): string[] {
    return [...new Set(this.steps.flatMap(({ code }) => code ?? []))];
  }

  /** Appends `times` runs to the encoder, in one compute pass; with a profiler, in one pass per dispatch. */
  encode(encoder: GPUCommandEncoder, times = 1, profiler?: Profiler): void {
    if (profiler) {
      for (const step of this.steps) {
        const pass = encoder.beginComputePass(profiler.pass(step.label));
        step.encode(pass, 1);
        pass.end();
      }
      return;
    }
    const pass = encoder.beginComputePass({ label: this.label });
    const [first] = this.steps;
    if (first?.repeats) first.encode(pass, times);
    else for (let i = 0; i < times; i++) for (const step of this.steps) step.encode(pass, 1);
    pass.end();
  }

  /** Encodes and submits `times` runs. */
  run(times = 1): void {
    const encoder = this.device.handle.createCommandEncoder({ label: this.label });
    this.encode(encoder, times);
    this.device.submit(encoder);
  }

  /** Frees the activations. */
  destroy(): void {
    this.placement.free();
  }
}

function compileAll(
  device: Device,
  dispatches: readonly Dispatch[],
  onProgress: ProgramOptions['onProgress'],
): Promise<CompiledKernel[]> {
  let done = 0;
  return Promise.all(
    dispatches.map(async (dispatch) => {
      const kernel = await compile(device, dispatch);
      onProgress?.(++done, dispatches.length);
      return kernel;
    }),
  );
}

function onGPU(device: Device, dispatch: Dispatch, kernel: CompiledKernel): Step {
  const [x, y, z] = dispatch.workgroups;
  const bindGroup = bind(device, dispatch, kernel);
  return {
    label: dispatch.kernel.name,
    code: kernel.code,
    repeats: dispatch.repeats ?? false,
    encode(pass, times) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(x, y * times, z);
    },
  };
}

function onCpu(handle: CpuHandle, { kernel: { name }, cpu, workgroups: [, , replicas] }: Dispatch): Step {
  if (!cpu) throw new Error(`${name} has nothing that runs without a GPU.`);
  const work = handle.prepare(cpu, replicas);
  return {
    label: name,
    repeats: false,
    encode: (pass) => (pass as unknown as CpuPass).dispatch(work),
  };
}

function bind(device: Device, dispatch: Dispatch, kernel: CompiledKernel): GPUBindGroup {
  return device.createBindGroup({
    label: dispatch.kernel.name,
    layout: kernel.layout,
    entries: dispatch.bindings.flatMap(({ tensor }, binding) =>
      tensor ? { binding, resource: range(tensor) } : [],
    ),
  });
}

function range(tensor: Tensor): GPUBufferBinding {
  const { storage, offset } = tensor;
  return { buffer: placed(storage), offset: bytesOf(storage, offset), size: boundBytes(tensor) };
}

/** From a tensor's first element to its last, in whole words. */
function boundBytes({ storage, replicas, stride, shape }: Tensor): number {
  return 4 * Math.ceil(bytesOf(storage, (replicas - 1) * stride + size({ shape })) / 4);
}

function traffic(dispatch: Dispatch): number {
  let bytes = 0;
  for (const { tensor, access } of dispatch.bindings) {
    if (!tensor) continue;
    const copies = tensor.stride === 0 ? 1 : tensor.replicas;
    bytes += bytesOf(tensor.storage, size(tensor) * copies) * (access === 'update' ? 2 : 1);
  }
  return bytes;
}

function checkDispatch(device: Device, { kernel, workgroups, bindings }: Dispatch): void {
  const most = device.limits.maxComputeWorkgroupsPerDimension;
  if (workgroups.some((n) => n > most || n < 1)) {
    throw new RangeError(
      `${kernel.name} wants ${workgroups.join(' × ')} workgroups; 1 to ${most} are allowed.`,
    );
  }
  for (const { tensor } of bindings) {
    if (!tensor) continue;
    const bytes = boundBytes(tensor);
    if (bytes > device.limits.maxStorageBufferBindingSize) {
      throw new RangeError(
        `${tensor.storage.label} binds ${bytes} bytes; this device allows ${device.limits.maxStorageBufferBindingSize}.`,
      );
    }
  }
}
