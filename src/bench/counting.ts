/** Counts what a process asks of WebGPU, whichever library asks: the same yardstick for every engine. */

export interface GPUCounts {
  dispatches: number;
  submits: number;
  bindGroups: number;
  buffers: number;
  /** bytes of the buffers that were created and not destroyed */
  bytes: number;
}

type Method = (this: object, ...values: never[]) => unknown;

/** Puts counters into the prototypes of WebGPU's classes, once per process. They must be globals already. */
export class GPUCalls {
  private static watching: GPUCalls | undefined;
  private readonly totals: GPUCounts = { dispatches: 0, submits: 0, bindGroups: 0, buffers: 0, bytes: 0 };
  private readonly alive = new WeakMap<object, number>();

  private constructor() {
    const { totals, alive } = this;
    after(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => totals.dispatches++);
    after(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => totals.dispatches++);
    after(GPUQueue.prototype, 'submit', () => totals.submits++);
    after(GPUDevice.prototype, 'createBindGroup', () => totals.bindGroups++);
    after(GPUDevice.prototype, 'createBuffer', (_device, buffer) => {
      const { size } = buffer as GPUBuffer;
      totals.buffers++;
      totals.bytes += size;
      alive.set(buffer as GPUBuffer, size);
    });
    after(GPUBuffer.prototype, 'destroy', (buffer) => {
      totals.bytes -= alive.get(buffer) ?? 0;
      alive.delete(buffer);
    });
  }

  static watch(): GPUCalls {
    return (GPUCalls.watching ??= new GPUCalls());
  }

  /** All counts since the process began. */
  now(): GPUCounts {
    return { ...this.totals };
  }
}

/** What was counted from `before` to `after`, divided by `steps`. */
export function difference(before: GPUCounts, after: GPUCounts, steps = 1): GPUCounts {
  const entries = Object.entries(after).map(([key, count]) => [
    key,
    (count - before[key as keyof GPUCounts]) / steps,
  ]);
  return Object.fromEntries(entries) as GPUCounts;
}

/** Calls `hook(this, result)` after each call of a method. */
function after(prototype: object, name: string, hook: (self: object, result: unknown) => void): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (...values) {
    const result = original.apply(this, values);
    hook(this, result);
    return result;
  };
}
