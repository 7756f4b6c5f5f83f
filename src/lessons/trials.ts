/**
 * What a lesson came to with many seeds that share no network and no example: `lab verdicts NAME --to src/lessons` makes the file
 * beside the lesson, from runs that were really run. Texts read their numbers there (build/prose/trials.ts), a class what
 * it is to expect.
 */
import type { Verdict } from '../findings/findings.ts';
import type { Size } from './lesson.ts';

export interface SizeTrials {
  device: string;
  /** when the last of the runs ended, as an ISO date */
  date: string;
  seeds: number[];
  /** by seed */
  outcomes: Verdict['outcome'][];
  /** what the verdicts rest on, by name and seed; null where it is none */
  numbers: Record<string, (number | null)[]>;
}

export type Trials = Partial<Record<Size, SizeTrials>>;

/** In how many of them the claim held. */
export const heldIn = ({ outcomes }: Pick<SizeTrials, 'outcomes'>): number =>
  outcomes.filter((outcome) => outcome === 'holds').length;
