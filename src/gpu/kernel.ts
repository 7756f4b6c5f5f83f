/** Kernels: WGSL text with constants, compiled once per device and set of constants. */
import type { CpuWork } from './cpu-work.ts';
import type { Device } from './device.ts';
import { withHalves } from './half.ts';
import type { Tensor } from './tensor.ts';
import { storageVariables } from './wgsl.ts';

/** A value of a `const` line before the shader: integers become u32, floats must be made with `f32()`. */
export type Constant = number | boolean | string;

/** A float constant in WGSL, e.g. `1e-5f`. Every float32 has a short decimal form that reads back to the same bits. */
export function f32(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no WGSL constant.`);
  const text = String(Math.fround(value));
  return `${text}f`;
}

export interface KernelSource {
  /** file name in shaders/ without `.wgsl`; labels and error messages use it */
  name: string;
  /** one or more WGSL files, concatenated */
  code: readonly string[];
  constants: Readonly<Record<string, Constant>>;
  /** WGSL extensions, e.g. `subgroups`; the device must have their features */
  enables?: readonly string[];
}

/** How a dispatch uses a tensor. `write` overwrites all of it; `update` reads and writes. */
export type Access = 'read' | 'write' | 'update';

export interface Binding {
  /** none where this variant of the kernel leaves the binding unused: it is not bound at all */
  tensor: Tensor | undefined;
  access: Access;
}

export const read = (tensor?: Tensor): Binding => ({ tensor, access: 'read' });
export const write = (tensor?: Tensor): Binding => ({ tensor, access: 'write' });
export const update = (tensor?: Tensor): Binding => ({ tensor, access: 'update' });

/** One dispatch of a program: a kernel, what its bindings 0, 1, … are bound to, and how many workgroups. */
export interface Dispatch {
  kernel: KernelSource;
  /** in the order of @binding */
  bindings: readonly Binding[];
  workgroups: readonly [number, number, number];
  /** floating-point operations, multiply and add counted apart; 0 where they do not matter */
  flops: number;
  /** does as many runs of the program as its grid is high: it is dispatched once for all runs of an encoding */
  repeats?: boolean;
  /** the dispatches that this one does side by side (horizontal-fusion.ts) */
  parts?: readonly Dispatch[];
  /** the same on a device without a GPU; none where only `parts` have it, or where no plan for such a device has the kernel */
  cpu?: CpuWork;
}

/**
 * The text that is compiled for a dispatch: variables that are bound to nothing are private, and read by nobody; those
 * that are bound to tensors in half precision are converted as they are read and written.
 */
export function textOf({ kernel, bindings }: Dispatch): string {
  const text = wgsl(kernel);
  const unbound = storageVariables(text).filter(({ binding }) => !bindings[binding]?.tensor);
  const code = unbound.reduce(
    (all, { text, name, type }) => all.replace(text, `var<private> ${name}: array<${type}, 1>;`),
    text,
  );
  return withHalves(code, bindings);
}

/** The text of a kernel: extensions and constants first, then the files. */
export function wgsl(source: KernelSource): string {
  const constants = Object.entries(source.constants).map(([name, value]) => {
    if (typeof value === 'boolean') return `const ${name} = ${value};`;
    if (typeof value === 'string') return `const ${name} = ${value};`;
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(
        `${source.name}: ${name} = ${value} must be a whole number ≥ 0 (use f32() for floats).`,
      );
    }
    return `const ${name} = ${value}u;`;
  });
  const enables = (source.enables ?? []).map((extension) => `enable ${extension};`);
  return [...enables, ...constants, ...source.code].join('\n');
}

export interface CompiledKernel {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  /** the text that was compiled */
  code: string;
}

/** A shader that did not compile; the message names the file, the line and the text of the line. */
export class ShaderError extends Error {
  override name = 'ShaderError';
}

const caches = new WeakMap<Device, Map<string, Promise<CompiledKernel>>>();

/**
 * Compiles a dispatch's kernel, or returns the one compiled before from the same text and bindings.
 * @throws ShaderError
 */
export function compile(device: Device, dispatch: Dispatch): Promise<CompiledKernel> {
  const cache = caches.get(device) ?? new Map<string, Promise<CompiledKernel>>();
  caches.set(device, cache);
  const code = textOf(dispatch);
  const bound = dispatch.bindings.map(({ tensor, access }) => tensor && access === 'read');
  const key = `${bound.join()}\n${code}`;
  const known = cache.get(key);
  if (known) return known;
  const compiled = build(device, dispatch.kernel.name, code, bound);
  cache.set(key, compiled);
  return compiled;
}

async function build(
  device: Device,
  name: string,
  code: string,
  bound: (boolean | undefined)[],
): Promise<CompiledKernel> {
  const COMPUTE = 0x4;
  const { handle } = device;
  handle.pushErrorScope('validation');
  const module = handle.createShaderModule({ label: name, code });
  const layout = handle.createBindGroupLayout({
    label: name,
    entries: bound.flatMap((isReadOnly, binding) =>
      isReadOnly === undefined
        ? []
        : { binding, visibility: COMPUTE, buffer: { type: isReadOnly ? 'read-only-storage' : 'storage' } },
    ),
  });
  const pending = handle
    .createComputePipelineAsync({
      label: name,
      layout: handle.createPipelineLayout({ label: name, bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    })
    .catch((error: unknown) => error as Error);
  const invalid = await handle.popErrorScope();
  const pipeline = await pending;
  if (pipeline instanceof Error || invalid) {
    const lines = code.split('\n');
    const info = await module.getCompilationInfo();
    const messages = info.messages
      .filter((message) => message.type === 'error')
      .map((m) => `${name}.wgsl, line ${m.lineNum}: ${m.message}\n    ${lines[m.lineNum - 1]?.trim() ?? ''}`);
    const reason = pipeline instanceof Error ? pipeline.message : (invalid?.message ?? '');
    throw new ShaderError(messages.join('\n') || `${name}.wgsl: ${reason}`);
  }
  return { pipeline, layout, code };
}
