/** Reads losses back while the GPU goes on: a few staging buffers, made once, that take turns. */
import type { Device } from '../../gpu/device.ts';
import { placed, type Tensor } from '../../gpu/tensor.ts';

const MAP_READ = 0x1;
const COPY_DST = 0x8;

export class LossReadback {
  private readonly idle: GPUBuffer[];

  /**
   * @param ring losses on the GPU [steps, R]
   * @param most steps that one reading may span
   * @param slots readings that may be under way at once
   */
  constructor(
    private readonly device: Device,
    private readonly ring: Tensor,
    most: number,
    slots: number,
  ) {
    const replicas = ring.shape[1]!;
    this.idle = Array.from({ length: slots }, (_, i) =>
      device.createBuffer(`losses readback ${i}`, most * replicas * 4, MAP_READ | COPY_DST),
    );
  }

  /**
   * Appends the copy of `count` steps' losses from step `first` on; they must not cross the ring's end. Call the
   * returned function after the submit: it resolves with [count, R] when the GPU is done.
   */
  copy(encoder: GPUCommandEncoder, first: number, count: number): () => Promise<Float32Array<ArrayBuffer>> {
    const staging = this.idle.pop();
    if (!staging) throw new Error('All readback slots are under way.');
    const [steps, replicas] = this.ring.shape as [number, number];
    const start = (first % steps) * replicas * 4;
    const bytes = count * replicas * 4;
    encoder.copyBufferToBuffer(placed(this.ring.storage), start, staging, 0, bytes);
    return async () => {
      await staging.mapAsync(MAP_READ, 0, bytes);
      const losses = new Float32Array(staging.getMappedRange(0, bytes).slice(0));
      staging.unmap();
      this.idle.push(staging);
      return losses;
    };
  }

  destroy(): void {
    for (const buffer of this.idle.splice(0)) this.device.destroyBuffer(buffer);
  }
}
