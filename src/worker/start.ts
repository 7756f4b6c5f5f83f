/** The worker of the page, a file of its own. */
import type { Wanted } from '../devices/choice.ts';
import address from './lab.worker.ts?worker&url';
import { workerFrom } from './module-worker.ts';

/** @param wanted what it trains on: its name says it */
export const startWorker = (wanted: Wanted): Worker => workerFrom(address, wanted);
