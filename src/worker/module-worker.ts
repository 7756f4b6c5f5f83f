/** How workers start under any policy of the page, and in any frame. */
import { isWithoutOrigin, scriptAddress } from '../policy.ts';

/** What a frame without an origin can start. */
const asData = (script: string): string => `data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`;

const start = (address: string, name: string): Worker =>
  new Worker(scriptAddress(address), { type: 'module', name });

/**
 * @param address of a file beside this script
 * @param name what the worker is told of itself
 */
export const workerFrom = (address: string, name = ''): Worker =>
  start(isWithoutOrigin() ? asData(`import ${JSON.stringify(address)}`) : address, name);

/** @param script the worker's text, which travels inside this script: a file from another origin would be refused */
export function workerOf(script: string, name = ''): Worker {
  if (isWithoutOrigin()) return start(asData(script), name);
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = start(address, name);
  const free = (): void => URL.revokeObjectURL(address);
  // Once it has said something, or failed, its text has been read.
  worker.addEventListener('message', free, { once: true });
  worker.addEventListener('error', free, { once: true });
  return worker;
}
