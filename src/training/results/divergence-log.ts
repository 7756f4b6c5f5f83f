/** Which replicas of a run have diverged, and when. */
import { STATE, STATE_WORDS } from '../../kernels/state.ts';
import type { Divergence } from '../../replicas.ts';

export class DivergenceLog {
  /** per replica: the step at which its loss was first not finite */
  private readonly steps = new Map<number, number>();

  constructor(private readonly replicas: number) {}

  /** By replica. */
  get list(): Divergence[] {
    return [...this.steps]
      .map(([replica, step]) => ({ replica, step }))
      .sort((a, b) => a.replica - b.replica);
  }

  get isEmpty(): boolean {
    return this.steps.size === 0;
  }

  /** Whether no replica is left to train. */
  get isComplete(): boolean {
    return this.steps.size === this.replicas;
  }

  /** The first step of any replica. */
  get first(): number | undefined {
    return this.isEmpty ? undefined : Math.min(...this.steps.values());
  }

  /** The step at which the last replica diverged so far. */
  get last(): number | undefined {
    return this.isEmpty ? undefined : Math.max(...this.steps.values());
  }

  /** @param losses of the steps from `first` on, row-major [n, R] */
  hear(first: number, losses: Float32Array): void {
    losses.forEach((loss, i) => {
      const r = i % this.replicas;
      if (!Number.isFinite(loss) && !this.steps.has(r))
        this.steps.set(r, first + Math.floor(i / this.replicas));
    });
  }

  /** Begins again with what the state [R, 16] of a checkpoint tells; without one, with none. */
  reset(state?: Uint32Array): void {
    this.steps.clear();
    for (let r = 0; state && r < this.replicas; r++) {
      const halted = state[r * STATE_WORDS + STATE.halted]!;
      if (halted > 0) this.steps.set(r, halted - 1);
    }
  }
}
