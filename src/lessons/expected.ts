/** How often verdicts are to be expected to hold, by what our own trials came to. */
import type { Size } from '../findings/findings.ts';
import type { Expected } from './for-class.ts';
import { heldIn, type Trials } from './trials.ts';

const files = import.meta.glob<Trials>('./*/trials.json', { import: 'default' });

const trialsOf = async (name: string): Promise<Trials> => (await files[`./${name}/trials.json`]?.()) ?? {};

/** How often a lesson's verdict is to be expected to hold; a size that was not tried over many seeds has nothing. */
export async function expectedOf(name: string): Promise<Partial<Record<Size, Expected>>> {
  const trials = Object.entries(await trialsOf(name));
  return Object.fromEntries(
    trials.map(([size, tried]) => [size, { holds: heldIn(tried), of: tried.seeds.length }]),
  );
}
