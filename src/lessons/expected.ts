/** How often verdicts are to be expected to hold, by what our own trials came to. */
import type { Expectations } from './for-class.ts';
import { heldIn, type Trials } from './trials.ts';

const files = import.meta.glob<Trials>('./*/trials.json', { import: 'default' });

const trialsOf = async (name: string): Promise<Trials> => (await files[`./${name}/trials.json`]?.()) ?? {};

export async function expectedOf(name: string): Promise<Expectations> {
  const trials = Object.entries(await trialsOf(name));
  return Object.fromEntries(
    trials.map(([size, tried]) => [size, { holds: heldIn(tried), of: tried.seeds.length }]),
  );
}
