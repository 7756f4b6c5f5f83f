/** Training speed over the last second or so, evaluations left out. */

/** Half-life of what the speed remembers. */
const HALF_LIFE_MS = 1000;

export class Speedometer {
  private steps = 0;
  private ms = 0;
  private last = performance.now();
  private pausedAt = 0;

  /** Counts a submit of `steps` steps that is done now; returns for how long it had the GPU to itself, in ms. */
  done(steps: number, submitted: number): number {
    const now = performance.now();
    const elapsed = now - this.last;
    const forget = 0.5 ** (elapsed / HALF_LIFE_MS);
    this.steps = this.steps * forget + steps;
    this.ms = this.ms * forget + elapsed;
    const busy = now - Math.max(this.last, submitted);
    this.last = now;
    return busy;
  }

  get stepsPerSecond(): number {
    return this.ms > 0 ? (1000 * this.steps) / this.ms : 0;
  }

  /** Leaves the time until `resume` out. */
  pause(): void {
    this.pausedAt = performance.now();
  }

  resume(): void {
    this.last += performance.now() - this.pausedAt;
  }
}
