/** What can go wrong with training, by kind. The kind decides which words are said and what can be tried. */

const KINDS = {
  NoGPUError: 'no-device',
  NoKernelsError: 'no-kernels',
  GPULostError: 'device-lost',
  WorkerCrash: 'worker-crash',
  diverged: 'diverged',
} as const;

export type ProblemKind = (typeof KINDS)[keyof typeof KINDS] | 'other';

export class Problem {
  readonly kind: ProblemKind;

  /** @param name of the error, or the status of a run that ended by itself. @param message for people */
  constructor(
    readonly name: string,
    readonly message: string,
  ) {
    this.kind = (KINDS as Record<string, ProblemKind>)[name] ?? 'other';
  }
}
