/** The worker of the page, a file of its own. */
import type { Wanted } from '../devices/choice.ts';

/** @param wanted what it trains on: its name says it */
export const startWorker = (wanted: Wanted): Worker =>
  new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: wanted });
