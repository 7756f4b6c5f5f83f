/** A prediction beside what came out, in numbers. */
import type { Comparison } from '../lessons/score.ts';

export interface ComparisonWords {
  against: (said: string, got: string) => string;
  againstRecorded: (said: string, got: string) => string;
  more: (times: string) => string;
  less: (times: string) => string;
  apart: (percent: string) => string;
  readonly never: string;
}

/** Numbers as people read them. */
type Written = (value: number, digits: number) => string;

/** @param unit what stands behind the numbers @param isOwn it came out of the learner's own run */
export function comparisonSentence(
  { said, got, apart }: Comparison,
  unit: string,
  isOwn: boolean,
  words: ComparisonWords,
  written: Written,
): string {
  const parts: string[] = [];
  if (said !== undefined && got !== undefined) {
    const number = (value: number): string => written(value, 3) + unit;
    const expected = said === Infinity ? words.never : number(said);
    parts.push((isOwn ? words.against : words.againstRecorded)(expected, number(got)));
    const times = said > 0 && got > 0 && said < Infinity ? Math.max(said / got, got / said) : 1;
    if (times >= 1.5) parts.push((got > said ? words.more : words.less)(written(times, 2)));
  }
  if (apart !== undefined) parts.push(words.apart(written(100 * apart, 2)));
  // Between Chinese signs there is no space.
  return parts.join(' ').replace(/(?<=[万亿。]) (?=\p{Script=Han})/gu, '');
}
