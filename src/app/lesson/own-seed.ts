/** A seed of this browser's own, so that its runs repeat neither the recorded run nor anybody else's. */
import { spacedSeed } from '../../random.ts';
import { loadStored, saveStored } from './stored.ts';

const KEY = 'scaling-lab seed';
const OWN = 'own';

let own: unknown;

/** From 11 to 99,991, drawn at the first visit; the same until the browser forgets it. */
export function ownSeed(): number {
  own ??= loadStored(KEY, OWN);
  if (!Number.isInteger(own)) saveStored(KEY, OWN, (own = spacedSeed(Math.floor(2 ** 32 * Math.random()))));
  return own as number;
}
