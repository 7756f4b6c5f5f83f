/**
 * What a lesson's `class.ts` says for a class: its question of four options, and which curve is laid over those of others.
 * How often the verdict held in our own runs is beside it (trials.ts). Loaded when somebody asks, never with the lesson.
 */
import type { Series, Size, Text } from '../findings/findings.ts';

/** Asked before the prediction and again at the end, about the claim; each wrong option is what many believe. */
export interface ConceptQuestion {
  asked: Text;
  options: readonly [Text, Text, Text, Text];
  /** place of the right one, from 0 */
  right: 0 | 1 | 2 | 3;
  /** why, said when both answers are given */
  because: Text;
}

/** Which series of a lesson's figures a class lays over one another. */
export interface Pooled {
  /** by its name */
  figure: string;
  role: Series['role'];
  mark: Series['mark'];
  /** the how manieth of that role and mark, from 0; the last where it is left out */
  nth?: number;
  /** role of the series, of one point, that has the predicted number */
  place?: Series['role'];
}

/** How often a verdict is expected to hold: as a promise, or as so many of our own trial runs did. */
export type Expected = { rate: number } | { holds: number; of: number };

export interface ForClass {
  question: ConceptQuestion;
  pooled: Pooled;
  /** to be read out before anything is opened */
  headline: Text;
  /** what classes answer, and what to ask back */
  answers: Text;
}

/** How often a lesson's verdict is to be expected to hold; a size that was not tried over many seeds has nothing. */
export type Expectations = Partial<Record<Size, Expected>>;
