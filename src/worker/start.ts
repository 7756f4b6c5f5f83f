/** The worker of the page, a file of its own. */
import address from './lab.worker.ts?worker&url';
import { workerFrom } from './module-worker.ts';

export const startWorker = (): Worker => workerFrom(address);
