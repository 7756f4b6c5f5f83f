/** A seed of this browser's own, so that its runs repeat neither the recorded run nor anybody else's. */
import { spacedSeed } from '../../random.ts';
import { loadStored, saveStored } from './stored.ts';

const KEY = 'scaling-lab seed';
const OWN = 'own';

let own: unknown;

/** Takes over a seed that was drawn elsewhere, before any run begins. */
export function takeSeed(seed: number): void {
  saveStored(KEY, OWN, (own = seed));
}

/** From 11 to 99,991, drawn at the first visit; the same until the browser forgets it. */
export function ownSeed(): number {
  own ??= loadStored(KEY, OWN);
  if (!Number.isInteger(own)) takeSeed(drawSeed());
  return own as number;
}

export const drawSeed = (): number => spacedSeed(Math.floor(2 ** 32 * Math.random()));
