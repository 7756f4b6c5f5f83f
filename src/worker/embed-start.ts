/** The worker of embedded figures, from text that travels with the script: one from another origin would be refused. */
import processor from './embedded.ts?worker&url';
import type { Wanted } from '../devices/choice.ts';
import LabWorker from './embed.worker.ts?worker&inline';

/**
 * The build starts it by `workerOf` (build/inline-workers.ts).
 * @param wanted what it trains on: its name says it, and where it finds the part for the processor
 */
export const startEmbedWorker = (wanted: Wanted): Worker =>
  new LabWorker({ name: `${wanted} ${new URL(processor, import.meta.url).href}` });
