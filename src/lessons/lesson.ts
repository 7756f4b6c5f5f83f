/**
 * What a lesson is: an experiment as data, and pure functions from its results to tables, figures and a verdict.
 * Nothing here trains: the worker or the command line runs the plan and hands the results back.
 */
import type { BenchmarkResult, BenchmarkSpec, RunResult, SpecInput } from '../worker/protocol.ts';

/** A text in the languages of the curriculum. */
export interface Text {
  en: string;
  zh: string;
}

export const SIZES = ['small', 'standard', 'large'] as const;
/** `small` for phones and software GPUs, `standard` for a laptop's GPU, `large` for those who want the whole grid. */
export type Size = (typeof SIZES)[number];

/** One piece of an experiment, by a key that is its own within the lesson. */
export type PlannedItem =
  | {
      key: string;
      spec: SpecInput;
      /** key of the run with whose final weights this one begins */
      from?: string;
    }
  | { key: string; benchmark: BenchmarkSpec };

/** What is there of an experiment so far, by key: runs may be missing while it goes on. */
export interface Results {
  runs: ReadonlyMap<string, RunResult>;
  benchmarks: ReadonlyMap<string, BenchmarkResult>;
}

export interface Table {
  name: string;
  title: Text;
  columns: { key: string; title: Text }[];
  /** one value per column; null where there is none */
  rows: (number | string | null)[][];
}

export const ROLES = [
  'train',
  'validation',
  'measured',
  'fit',
  'held-out',
  'reference',
  'control',
  'size',
] as const;
/** What a series means: its colour and its place in the legend follow from it. */
export type Role = (typeof ROLES)[number];

export interface Series {
  name: Text;
  role: Role;
  /** for role `size`: rank of the size, 0 the smallest, and how many there are */
  rank?: [index: number, of: number];
  mark: 'line' | 'points';
  x: number[];
  /** NaN or null where there is no value */
  y: (number | null)[];
  /** a band around y */
  low?: number[];
  high?: number[];
}

export interface Axis {
  label: Text;
  scale: 'linear' | 'log';
}

export interface Figure {
  name: string;
  title: Text;
  x: Axis;
  y: Axis;
  series: Series[];
  /** where the moments lie that the prose points at: an x, a series by its place in the list, or both */
  marks?: Record<string, { x?: number; series?: number }>;
}

/** The source of what was measured. */
export interface Listing {
  name: string;
  title: Text;
  /** what it reached, and where */
  measured: Text;
  code: string;
}

export type Outcome = 'holds' | 'does-not-hold' | 'not-enough-evidence';

export interface Verdict {
  outcome: Outcome;
  /** what the verdict rests on, by the names that the prose uses */
  numbers: Record<string, number>;
  /** what stands above the sentence where something else than the run decides */
  title?: Text;
  /** the verdict in one sentence, with its numbers */
  sentence: Text;
  /** what would have refuted the claim */
  refutedBy: Text;
}

export interface Findings {
  tables: Table[];
  figures: Figure[];
  /** fits by name, as src/scaling returns them; a refusal where the data can't carry one */
  fits: Record<string, unknown>;
  verdict: Verdict;
  /** the source texts that ran, where a lesson shows them */
  listings?: Listing[];
  /** what the chosen view shows, in a sentence */
  remark?: Text;
}

/** How results are looked at: a number, or one of a few. Nothing is trained again for it. */
export type ViewInput = { name: string; label: Text } & (
  | { kind: 'number'; min: number; max: number; step: number; usual: number; slider: boolean; unit?: Text }
  | { kind: 'choice'; options: readonly { value: string; label: Text }[]; usual: string }
);

/** By the names of the inputs, all of them. */
export type ViewValues = Readonly<Record<string, number | string>>;

export interface Views {
  inputs: readonly ViewInput[];
  /** What findings say under these values; of a recorded run, which has no more than its findings, as of one's own. */
  look(findings: Findings, values: ViewValues): Findings;
  /** values under which moments of the text are seen */
  marks?: Record<string, ViewValues>;
}

/** A run that is trained only when the learner has said what it will give. */
export interface Commitment {
  /** key of that run; the others come before it */
  before(size: Size): string;
  /** what the page asks when the others are done */
  prompt: Text;
  /** Findings without what would give the answer away. */
  conceal(findings: Findings): Findings;
}

export interface Lesson {
  name: string;
  title: Text;
  /** The experiment at a size: what to run, in the order in which it shows something. */
  plan(size: Size, seed: number): PlannedItem[];
  /** What the results so far say. Missing runs lead to `not-enough-evidence`, never to an error. */
  judge(results: Results, size: Size): Findings;
  commitment?: Commitment;
  views?: Views;
}
