/** Gradients while a tape goes back: which tensors and parameters have one so far, and where the next part goes. */
import type { Tensor } from '../gpu/tensor.ts';
import type { Parameter } from './arena.ts';

export class Gradients {
  private readonly of = new Map<Tensor, Tensor>();
  /** Parameters whose gradient has been written: further parts are added. */
  private readonly written = new Set<Parameter>();

  /** @param allocate a tensor without memory of its own, by its label and shape */
  constructor(private readonly allocate: (label: string, shape: readonly number[]) => Tensor) {}

  /** @throws Error where nothing that the loss depends on reads y */
  get(y: Tensor): Tensor {
    const gradient = this.of.get(y);
    if (!gradient)
      throw new Error(`${y.storage.label} has no gradient: nothing that the loss depends on reads it.`);
    return gradient;
  }

  /** For what ends in a loss, which gives the gradient itself. */
  set(y: Tensor, gradient: Tensor): void {
    this.of.set(y, gradient);
  }

  /** Where the next part of dx goes, and whether there is a part already. */
  target(x: Tensor): { gradient: Tensor; accumulate: boolean } {
    const known = this.of.get(x);
    if (known) return { gradient: known, accumulate: true };
    const gradient = this.allocate(`d${x.storage.label}`, x.shape);
    this.of.set(x, gradient);
    return { gradient, accumulate: false };
  }

  /** Makes dy itself the gradient of x. Safe where the operation that calls it was the only reader of dy. */
  pass(x: Tensor, dy: Tensor): void {
    if (this.of.has(x))
      throw new Error(`${x.storage.label}: a residual must be the first to give its gradient.`);
    this.of.set(x, dy);
  }

  /** Whether a parameter's gradient has a part already; from now on it has. */
  accumulates(parameter: Parameter): boolean {
    const known = this.written.has(parameter);
    this.written.add(parameter);
    return known;
  }
}
