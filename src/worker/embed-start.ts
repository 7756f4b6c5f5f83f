/** The worker of embedded figures, from text that travels with the script: one from another origin would be refused. */
import LabWorker from './embed.worker.ts?worker&inline';

// The build starts it by `workerOf` (build/inline-workers.ts).
export const startEmbedWorker = (): Worker => new LabWorker();
