/**
 * What a lesson is: an experiment as data, and pure functions from its results to tables, figures and a verdict.
 * Nothing here trains: the worker or the command line runs the plan and hands the results back.
 */
import type { Findings, Size, Text } from '../findings/findings.ts';
import type { Question } from './question.ts';
import type { BenchmarkResult, ExperimentItem, RunResult } from '../worker/protocol.ts';

export { SIZES } from '../findings/findings.ts';
export type {
  Figure,
  Findings,
  Listing,
  Outcome,
  Role,
  Series,
  Size,
  Table,
  Text,
  Verdict,
} from '../findings/findings.ts';

/** One piece of a lesson's experiment. */
export type PlannedItem = ExperimentItem;

/** What is there of an experiment so far, by key: runs may be missing while it goes on. */
export interface Results {
  runs: ReadonlyMap<string, RunResult>;
  benchmarks: ReadonlyMap<string, BenchmarkResult>;
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
  /** names the training of the others, before the prediction */
  first: Text;
  /** what the page asks when the others are done */
  prompt: Text;
}

/** An experiment that can be judged. */
export interface Judged {
  /** that of its folder */
  name: string;
  /** The experiment at a size: what to run, in the order in which it shows something. */
  plan(size: Size, seed: number): PlannedItem[];
  /** What the results so far say. Missing runs lead to `not-enough-evidence`, never to an error. */
  judge(results: Results, size: Size): Findings;
}

export interface Lesson extends Judged {
  /** what is asked before anything is shown, and what is given */
  question: Question;
  commitment?: Commitment;
  /** what predicts beside the learner: its name, and which number of the verdict it has said; both are held to the question's */
  rival?: { value: string; name: Text };
  /** the wall of a hundred lives is about its question */
  hasLives?: boolean;
  views?: Views;
  /** Numbers of the experiment itself that the text says: they depend on its size, not on its outcome. */
  designed?: (size: Size) => Record<string, number>;
}
