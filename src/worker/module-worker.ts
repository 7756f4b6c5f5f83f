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

const addresses = new Map<string, string>();

/** @param script the worker's text, which travels inside this script: a file from another origin would be refused */
export function workerOf(script: string, name = ''): Worker {
  if (isWithoutOrigin()) return start(asData(script), name);
  // The worker may start others of the same text later, so that its address stays: one for all workers of a page.
  const address =
    addresses.get(script) ?? URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  addresses.set(script, address);
  return start(address, name);
}
