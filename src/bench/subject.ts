/** What is timed: one workload in one engine, built and ready to step. */

export interface Subject {
  /** name of the engine */
  engine: string;
  /** floating-point operations of one step, multiply and add counted apart */
  flops: number;
  /** bytes of one step if each dispatch reads and writes each of its tensors once; 0 where it is not known */
  bytes: number;
  /**
   * Runs `steps` steps with as few submits as the engine can, and resolves with the loss of the last when the CPU has
   * it. A workload without a loss resolves with one element of its result.
   */
  run(steps: number): Promise<number>;
  destroy(): void;
}
