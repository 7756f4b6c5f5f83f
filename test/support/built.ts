/** What is built once for all tests of a run (pages.ts). */
import { inject } from 'vitest';
import type { BuildName } from './pages.ts';

/** A machine that is busy builds a site in minutes, ms. */
export const BUILDING_MS = 400_000;

/** The folder of a build: only to be read. */
export async function built(name: BuildName): Promise<string> {
  const answer = await fetch(inject('builds') + name);
  const said = await answer.text();
  if (!answer.ok) throw new Error(said);
  return said;
}
