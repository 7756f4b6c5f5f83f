/**
 * The sign of life that a process gives: the times of the files that it holds move on. A thread of its own gives it,
 * since the main one can be busy for many seconds with data or kernels. When the process ends, however it ends, the
 * times stand still, and who watches them knows, whatever machine or container it is in and whatever its clock says.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export const BEAT_MS = 1000;

interface Held {
  onLost: (() => void) | undefined;
}

let thread: Worker | undefined;
let last = 0;
const held = new Map<number, Held>();

/** See `Disk.hold`. */
export function holdFile(path: string, content?: string, onLost?: () => void): () => void {
  const key = ++last;
  held.set(key, { onLost });
  beating().postMessage({ hold: key, path, content });
  return () => {
    if (held.delete(key)) thread?.postMessage({ release: key });
  };
}

function beating(): Worker {
  if (thread) return thread;
  const worker = new Worker(join(import.meta.dirname, 'heartbeat.mjs'), { workerData: { beatMs: BEAT_MS } });
  worker.unref();
  worker.on('message', ({ lost }: { lost: number }) => {
    const file = held.get(lost);
    held.delete(lost);
    file?.onLost?.();
  });
  thread = worker;
  return worker;
}
