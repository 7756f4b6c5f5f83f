/** The worker of embedded figures, from text that travels with the script: one from another origin would be refused. */
import LabWorker from './embed.worker.ts?worker&inline';

export const startEmbedWorker = (): Worker => new LabWorker({ name: 'scaling-lab' });
