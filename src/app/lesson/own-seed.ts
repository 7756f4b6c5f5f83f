/** The seed with which this browser's runs begin: nobody's run is a repetition of the recorded one, or of another's. */
import { loadStored, saveStored } from './stored.ts';

const KEY = 'scaling-lab seed';
const OWN = 'own';
/** Seeds apart, as those of a class are: some lessons' replicas take the seeds after it. */
const SPACING = 10;
const SEEDS = 9_999;

let own: unknown;

/** Somebody's seed from elsewhere, before any run begins. */
export function takeSeed(seed: number): void {
  saveStored(KEY, OWN, (own = seed));
}

/** From 11 to 99,991, drawn at the first visit; the same until the browser forgets it. */
export function ownSeed(): number {
  own ??= loadStored(KEY, OWN);
  if (!Number.isInteger(own)) takeSeed(drawSeed());
  return own as number;
}

export const drawSeed = (): number => 1 + SPACING * Math.ceil(SEEDS * (1 - Math.random()));
