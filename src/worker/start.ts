/** The worker of the page, a file of its own. */
export const startWorker = (): Worker =>
  new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' });
