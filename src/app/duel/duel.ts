/** What a duel is: the learner and a rival have each said a number, and then the model has given one. */
import type { ChartFrame } from '../../components/index.ts';
import type { Figure, Text } from '../../findings/findings.ts';

export interface Outcome {
  /** the figure of the question with the result, and the range of its axes */
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

/** Digits after the decimal point that count. */
const DIGITS = 3;
/** A number with those digits. */
export const played = (value: number): string => value.toFixed(DIGITS);
/** The distance of a prediction from the result, with those digits. */
export const off = (said: number, got: number): string => played(Math.abs(said - got));

/** Who was closer, by the digits that are shown. */
export function winner({
  said,
  rival,
  got,
}: Pick<Outcome, 'said' | 'rival' | 'got'>): 'you' | 'rival' | 'draw' {
  const [yours, theirs] = [off(said, got), off(rival.said, got)].map(Number) as [number, number];
  return yours === theirs ? 'draw' : yours < theirs ? 'you' : 'rival';
}
