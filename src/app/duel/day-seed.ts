/** A seed for each day: whoever plays on the same day, anywhere, has the same models before them. */
import { hash, spacedSeed } from '../../random.ts';

/** The date that decides the seed of the day, such as `2026-11-29`; in UTC, so that it is the same everywhere. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** A seed from 11 to 99,991, by a hash of the date. */
export const seedOfDay = (day: string): number => spacedSeed(hash(...day.split('-').map(Number)));
