/** The worker is gone, or never came; every run in it is lost. */
export class WorkerCrash extends Error {
  override name = 'WorkerCrash';
}

/** The reader has ended the worker, as it did not answer; what it did begins anew from what was kept. */
export class WorkerEnded extends Error {
  override name = 'WorkerEnded';

  constructor() {
    super('The training worker did not answer, and was ended.');
  }
}

/** Rejects when the worker dies; never resolves. */
export function crashOf(worker: Worker): Promise<never> {
  const crash = new Promise<never>((_resolve, reject) => {
    const die = (detail: string): void => {
      const message = `The training worker stopped unexpectedly${detail && ` (${detail})`}. Restart the run, or reload the page.`;
      reject(new WorkerCrash(message));
    };
    worker.addEventListener('error', (event: Event & { message?: string }) => {
      event.preventDefault();
      die(event.message ?? 'its script could not be loaded');
    });
    worker.addEventListener('messageerror', () => die('a message could not be read'));
  });
  crash.catch(() => undefined); // Whoever waits for a call hears of it.
  return crash;
}
