/** A seed for each day: whoever plays on the same day, anywhere, has the same models before them. */
import { hash } from '../../random.ts';

/** Seeds apart, as those of a class are: some lessons' replicas take the seeds after it. */
const SPACING = 10;
const SEEDS = 9_999;

/** The date by which the seed of the day goes, as in `2026-11-29`: UTC, so that it is one day everywhere. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** From 11 to 99,991: a hash of the date, over the room that there is. */
export const seedOfDay = (day: string): number =>
  1 + SPACING * (1 + (hash(...day.split('-').map(Number)) % SEEDS));
