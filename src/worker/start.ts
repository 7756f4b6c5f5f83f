/** The worker of the page, a file of its own. */
import type { Wanted } from '../devices/choice.ts';
import type { Cores } from '../devices/cores.ts';
import address from './lab.worker.ts?worker&url';
import { workerFrom } from './module-worker.ts';

/** Where its script is. */
export { address as workerAddress };

/** @param wanted what it trains on, and on how many `cores`: its name says it */
export const startWorker = (wanted: Wanted, cores: Cores): Worker =>
  workerFrom(address, `${wanted} ${cores}`);
