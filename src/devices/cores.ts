/** How many workers train where the processor does. */
import type { Room } from './facts.ts';

export const MOST_CORES = 4;
/** Telephones get warm, and slower then. */
const MOST_ON_MOBILE = 2;

/** What a reader may choose. */
export const CORES = ['many', 'one'] as const;
export type Cores = (typeof CORES)[number];

export const coresIn = (text: unknown): Cores | undefined => CORES.find((cores) => cores === text);

/** @param hardware cores that the browser tells of */
export function coresOn(
  { mobile, memory }: Room,
  hardware: number | undefined,
  wanted: Cores = 'many',
): number {
  if (wanted === 'one') return 1;
  // Each worker holds the engine and its own examples: one for each GB, where there are few.
  const room = memory === undefined ? MOST_CORES : Math.max(1, Math.floor(memory));
  return Math.max(1, Math.min(mobile ? MOST_ON_MOBILE : MOST_CORES, hardware ?? 1, room));
}
