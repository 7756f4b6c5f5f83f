/** Times each dispatch of one run with timestamp queries, where the device has them. */
import type { Device } from './device.ts';

export interface Timing {
  label: string;
  nanoseconds: number;
}

export class Profiler {
  private readonly labels: string[] = [];
  private readonly queries: GPUQuerySet;

  /** @throws Error when the device has no timestamp queries (check `device.has('timestamp-query')`) */
  constructor(
    private readonly device: Device,
    private readonly capacity = 1024,
  ) {
    if (!device.has('timestamp-query')) throw new Error(`${device.name} offers no timestamp queries.`);
    this.queries = device.handle.createQuerySet({
      label: 'profiler',
      type: 'timestamp',
      count: capacity * 2,
    });
  }

  /** Descriptor of a pass that is timed under this label. */
  pass(label: string): GPUComputePassDescriptor {
    const i = this.labels.length;
    if (i >= this.capacity) throw new RangeError(`The profiler holds ${this.capacity} passes.`);
    this.labels.push(label);
    return {
      label,
      timestampWrites: {
        querySet: this.queries,
        beginningOfPassWriteIndex: 2 * i,
        endOfPassWriteIndex: 2 * i + 1,
      },
    };
  }

  /** Reads the timings of all passes so far, in order, and starts anew. */
  async read(): Promise<Timing[]> {
    const QUERY_RESOLVE = 0x200;
    const COPY_SRC = 0x4;
    const COPY_DST = 0x8;
    const MAP_READ = 0x1;
    const bytes = this.labels.length * 16;
    if (bytes === 0) return [];
    const resolved = this.device.createBuffer('timestamps', bytes, QUERY_RESOLVE | COPY_SRC);
    const staging = this.device.createBuffer('timestamps (readback)', bytes, MAP_READ | COPY_DST);
    try {
      const encoder = this.device.handle.createCommandEncoder({ label: 'read timestamps' });
      encoder.resolveQuerySet(this.queries, 0, this.labels.length * 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, bytes);
      this.device.submit(encoder);
      await staging.mapAsync(MAP_READ);
      const times = new BigUint64Array(staging.getMappedRange().slice(0));
      return this.labels
        .splice(0)
        .map((label, i) => ({ label, nanoseconds: Number(times[2 * i + 1]! - times[2 * i]!) }));
    } finally {
      this.device.destroyBuffer(resolved);
      this.device.destroyBuffer(staging);
    }
  }

  destroy(): void {
    this.queries.destroy();
  }
}
