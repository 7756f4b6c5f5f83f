/** Where runs are trained one after another, and what is looked at after each. */

export interface Round {
  /** of training */
  steps: number;
  seconds: number;
  /** that all processes hold, MB */
  megabytes: number;
}

export interface Place {
  readonly name: string;
  /** Trains one run from its beginning to its end. @param count of the rounds before: which spec, and which seed */
  round(count: number): Promise<Round>;
  close(): Promise<void>;
}

/** Small runs of several kinds, in turns, so that each compiles, trains, evaluates and frees something else than the one before. */
const SPECS = [
  { task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [16, 16] }, steps: 1500 },
  { task: { name: 'sine' }, model: { kind: 'mlp', hidden: [32] }, batch: 64, steps: 1500, replicas: 4 },
  {
    task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 400, validation: 32 },
    model: { kind: 'transformer', layers: 1, width: 16, heads: 2 },
    batch: 8,
    steps: 300,
  },
];
export const KINDS = SPECS.length;

export const specAt = (count: number): { steps: number; seed: number } & Record<string, unknown> => ({
  ...SPECS[count % KINDS]!,
  seed: count + 1,
});
