/**
 * A refusal is an answer: the data can't carry what was asked, and the sentence says why and what would help.
 * Functions return `Result | Refusal`; none of them returns a number that it would have to take back.
 */

export type RefusalReason =
  /** fewer points (sizes, budgets, seeds) than the method needs */
  | 'too-few-points'
  /** the points lie too close together in x, or two variables move together */
  | 'no-range'
  /** the loss doesn't fall with scale */
  | 'no-trend'
  /** a lowest loss at the edge, or no valley at all */
  | 'no-interior-minimum'
  /** the irreducible loss E could be nearly anything */
  | 'floor-not-identifiable'
  /** an exponent could be nearly anything, or sits at the edge of what was searched */
  | 'exponent-not-identifiable'
  /** the curves share no range in which they could be compared */
  | 'no-overlap'
  /** a table that can't be read; `line` says where */
  | 'bad-table'
  /** a column that the law needs is not there */
  | 'missing-column'
  /** a number outside the domain of the formula (zero, negative, NaN) */
  | 'bad-number';

export interface Refusal {
  refused: RefusalReason;
  /** One sentence for people: what is wrong, and what would mend it. */
  sentence: string;
  /** Line of the table, from 1, where one line is at fault. */
  line?: number;
}

export function refuse(refused: RefusalReason, sentence: string, line?: number): Refusal {
  return line === undefined ? { refused, sentence } : { refused, sentence, line };
}

export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
