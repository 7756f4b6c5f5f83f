/** What is built once for all tests of a run (pages.ts). */
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { BuildName } from './pages.ts';

/** A machine that is busy builds a site in minutes, ms. */
export const BUILDING_MS = 900_000;

/** The folder of a build: only to be read. */
export async function built(name: BuildName): Promise<string> {
  // Not by fetch, which gives up after five minutes without an answer.
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get(inject('builds') + name, resolve).on('error', reject),
  );
  const said = await text(answer);
  if (answer.statusCode !== 200) throw new Error(said);
  return said;
}
