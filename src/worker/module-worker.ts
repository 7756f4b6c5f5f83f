/** How workers start under any policy of the page, and in any frame. */
import { isWithoutOrigin, scriptAddress } from '../policy.ts';

/** What a frame without an origin can start. */
const asData = (script: string): string => `data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`;

const start = (address: string): Worker => new Worker(scriptAddress(address), { type: 'module' });

/** @param address of a file beside this script */
export const workerFrom = (address: string): Worker =>
  start(isWithoutOrigin() ? asData(`import ${JSON.stringify(address)}`) : address);

/** @param script the worker's text, which travels inside this script: a file from another origin would be refused */
export function workerOf(script: string): Worker {
  if (isWithoutOrigin()) return start(asData(script));
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = start(address);
  const free = (): void => URL.revokeObjectURL(address);
  // Once it has said something, or failed, its text has been read.
  worker.addEventListener('message', free, { once: true });
  worker.addEventListener('error', free, { once: true });
  return worker;
}
