/** What an experiment found, as data: tables, figures and a verdict, in the languages of the curriculum. */

/** A text in the languages of the curriculum. */
export interface Text {
  en: string;
  zh: string;
}

export const SIZES = ['small', 'standard', 'large'] as const;
/** `small` for phones and software GPUs, `standard` for a laptop's GPU, `large` for those who want the whole grid. */
export type Size = (typeof SIZES)[number];

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
  'kind',
] as const;
/** What a series means: its colour and its place in the legend follow from it. */
export type Role = (typeof ROLES)[number];

export interface Series {
  name: Text;
  role: Role;
  /** for role `size`: rank of the size, 0 the smallest, and how many there are; for role `kind`: which of how many */
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
  /** names of rows, from the top: heights are 0 for the lowest, 1 for the next, and say nothing else */
  rows?: Text[];
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

export const OUTCOMES = ['holds', 'does-not-hold', 'not-enough-evidence'] as const;
export type Outcome = (typeof OUTCOMES)[number];

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

/** What is said in no language. */
export const NOTHING: Text = { en: '', zh: '' };

/** Of what claims nothing. */
export const NO_VERDICT: Verdict = {
  outcome: 'not-enough-evidence',
  numbers: {},
  sentence: NOTHING,
  refutedBy: NOTHING,
};
export const NO_FINDINGS: Findings = { tables: [], figures: [], fits: {}, verdict: NO_VERDICT };
