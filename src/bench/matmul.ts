/** A product of two square matrices as a subject. */
import type { Device } from '../gpu/device.ts';
import { kernelChoice, variantFor } from '../kernels/choice.ts';
import { KernelAlone } from '../training/measuring/kernel-alone.ts';
import type { Subject } from './subject.ts';

export class MatmulSubject implements Subject {
  readonly engine = 'scaling-lab';

  private constructor(private readonly product: KernelAlone) {}

  /** Y = A · B, all [n, n], in the variant that the engine takes on this device. */
  static async build(
    device: Device,
    n: number,
    a: Float32Array<ArrayBuffer>,
    b: Float32Array<ArrayBuffer>,
  ): Promise<MatmulSubject> {
    return new MatmulSubject(
      await KernelAlone.product(
        device,
        n,
        [a, b],
        variantFor(kernelChoice(device), { m: n, n, k: n, replicas: 1 }),
      ),
    );
  }

  get flops(): number {
    return this.product.flops;
  }

  get bytes(): number {
    return this.product.bytes;
  }

  /** Resolves with Y[0, 0]. */
  run(steps: number): Promise<number> {
    return this.product.run(steps);
  }

  /** Y [n, n]. */
  result(): Promise<Float32Array> {
    return this.product.result();
  }

  destroy(): void {
    this.product.destroy();
  }
}
