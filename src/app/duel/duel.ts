/** What a duel is: the learner and a rival have each said a number, and then the model has given one. */
import type { ChartFrame } from '../../components/index.ts';
import type { Figure, Text } from '../../findings/findings.ts';

export interface Outcome {
  /** the figure on which it was predicted, with what came out, and what its axes show at least */
  figure: Figure;
  frame: ChartFrame;
  unit: Text;
  said: number;
  rival: { name: Text; said: number };
  got: number;
  device: string;
}

export interface Duel {
  /** of the run that is open */
  seed: number;
  /** something trains: another seed has to wait */
  isBusy: boolean;
  /** nothing before the learner's own run has ended */
  outcome: Outcome | undefined;
  /** begins anew with a seed */
  play(seed: number): Promise<void>;
  /** the link by which somebody else plays the same */
  link(): Promise<string>;
}

/** Digits behind the point to which it is played. */
const DIGITS = 3;
/** As it is said. */
export const played = (value: number): string => value.toFixed(DIGITS);
/** How far somebody was off, as it is said. */
export const off = (said: number, got: number): string => played(Math.abs(said - got));

/** Who was closer, by what is said of it. */
export function winner({
  said,
  rival,
  got,
}: Pick<Outcome, 'said' | 'rival' | 'got'>): 'you' | 'rival' | 'draw' {
  const [yours, theirs] = [off(said, got), off(rival.said, got)].map(Number) as [number, number];
  return yours === theirs ? 'draw' : yours < theirs ? 'you' : 'rival';
}
