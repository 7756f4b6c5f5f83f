/**
 * The parts of a GPUDevice that the engine uses, in ordinary memory: buffers, a queue, encoders of copies, and passes
 * that take work in place of pipelines. What is submitted runs in its order, a little at a time (queue.ts).
 */
import type { CpuWork } from '../gpu/cpu-work.ts';
import { WorkQueue, type Work } from './queue.ts';
import { workOf } from './views.ts';

interface Message {
  message: string;
}
interface Loss extends Message {
  reason: 'destroyed' | 'unknown';
}

/** As much as one typed array holds everywhere. */
const MOST_BYTES = 2 ** 31 - 4;
/** There is no grid that could be too large. */
const NO_LIMIT = 2 ** 32;

export class CpuHandle {
  readonly features: ReadonlySet<string> = new Set();
  readonly limits = {
    maxBufferSize: MOST_BYTES,
    maxStorageBufferBindingSize: MOST_BYTES,
    maxComputeWorkgroupsPerDimension: NO_LIMIT,
    maxComputeWorkgroupStorageSize: 0,
  };
  readonly lost: Promise<Loss>;
  private lose!: (info: Loss) => void;
  private readonly work = new WorkQueue(({ message }) => this.lose({ reason: 'unknown', message }));
  readonly queue = new CpuQueue(this.work);
  private readonly scopes: { error: Message | null }[] = [];

  constructor() {
    this.lost = new Promise((resolve) => (this.lose = resolve));
  }

  /** Memory of zeros. Where there is no room, the error scope gets to know, and the buffer is empty. */
  createBuffer({ label, size }: { label: string; size: number }): CpuBuffer {
    try {
      return new CpuBuffer(label, new ArrayBuffer(size), this.work);
    } catch {
      const scope = this.scopes.at(-1);
      if (scope) scope.error ??= { message: `no room for ${label}` };
      return new CpuBuffer(label, new ArrayBuffer(0), this.work);
    }
  }

  createCommandEncoder(): CpuEncoder {
    return new CpuEncoder();
  }

  /** What a dispatch does, over this many replicas; tensors must have their buffers. */
  prepare(work: CpuWork, replicas: number): Work[] {
    return workOf(work, replicas);
  }

  pushErrorScope(): void {
    this.scopes.push({ error: null });
  }

  popErrorScope(): Promise<Message | null> {
    return Promise.resolve(this.scopes.pop()?.error ?? null);
  }

  /** What has not run never will. */
  destroy(): void {
    const message = 'The device was destroyed.';
    this.work.end(new Error(message));
    this.lose({ reason: 'destroyed', message });
  }
}

export class CpuBuffer {
  constructor(
    readonly label: string,
    readonly bytes: ArrayBuffer,
    private readonly work: WorkQueue,
  ) {}

  get size(): number {
    return this.bytes.byteLength;
  }

  /** Resolves when all is done that was submitted before; rejects when the device is lost. */
  mapAsync(): Promise<void> {
    return new Promise((run, abandon) => this.work.add({ run, abandon }));
  }

  /** A copy: mapped memory is read only. */
  getMappedRange(offset = 0, size = this.size - offset): ArrayBuffer {
    return this.bytes.slice(offset, offset + size);
  }

  unmap(): void {
    // Nothing is held.
  }

  destroy(): void {
    // Memory goes when nobody knows it any more.
  }
}

class CpuQueue {
  constructor(private readonly work: WorkQueue) {}

  submit(commands: readonly (readonly Work[])[]): void {
    for (const each of commands) this.work.add(...each);
  }

  /** Copies the data now, and into the buffer when its turn comes. */
  writeBuffer({ bytes }: CpuBuffer, offset: number, data: ArrayBufferView): void {
    const given = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    this.work.add({ run: () => new Uint8Array(bytes).set(given, offset) });
  }

  onSubmittedWorkDone(): Promise<void> {
    return new Promise((run) => this.work.add({ run, abandon: () => run() }));
  }
}

class CpuEncoder {
  private readonly commands: Work[] = [];

  beginComputePass(): CpuPass {
    return new CpuPass(this.commands);
  }

  copyBufferToBuffer(from: CpuBuffer, fromOffset: number, to: CpuBuffer, offset: number, size: number): void {
    const run = (): void =>
      new Uint8Array(to.bytes).set(new Uint8Array(from.bytes, fromOffset, size), offset);
    this.commands.push({ run });
  }

  finish(): readonly Work[] {
    return this.commands;
  }
}

export class CpuPass {
  constructor(private readonly commands: Work[]) {}

  dispatch(work: readonly Work[]): void {
    this.commands.push(...work);
  }

  end(): void {
    // Passes are no more than their work.
  }
}
