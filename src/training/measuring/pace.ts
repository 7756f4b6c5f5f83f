/** How many steps go into one submit, so that each takes 10 to 50 ms: short enough to pause, long enough to fill. */

const TARGET_MS = 25;
/** Most steps of one submit. */
export const MOST_STEPS_PER_SUBMIT = 256;

export class Pace {
  private msPerStep: number | undefined;

  /** Steps for the next submit. */
  get steps(): number {
    if (this.msPerStep === undefined) return 1;
    return Math.max(1, Math.min(MOST_STEPS_PER_SUBMIT, Math.round(TARGET_MS / this.msPerStep)));
  }

  /** Learns from a submit of `steps` steps that kept the GPU for `ms`; grows at most eightfold at a time. */
  observe(steps: number, ms: number): void {
    const measured = Math.max(ms / steps, 1e-3);
    const before = this.msPerStep;
    this.msPerStep =
      before === undefined
        ? Math.max(measured, TARGET_MS / 8)
        : Math.max(0.5 * before + 0.5 * measured, before / 8);
  }
}
