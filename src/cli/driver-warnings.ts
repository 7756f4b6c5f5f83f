/**
 * Dawn warns of its own limits (`maxDynamicUniformBuffersPerPipelineLayout artificially reduced …`) on the screen, from
 * native code and whatever is done with its toggles. While it looks for a device, the descriptor that it writes to leads
 * nowhere.
 */
import { closeSync, openSync } from 'node:fs';

const ERRORS = 2;

/** What Node itself prints meanwhile is lost with it: errors of `work` are thrown, and are not. */
export async function withoutDriverWarnings<T>(work: () => Promise<T>): Promise<T> {
  const screen = openedAgain(`/proc/self/fd/${ERRORS}`);
  // Elsewhere than on Linux the warnings stay.
  if (screen === undefined) return work();
  lead('/dev/null');
  try {
    return await work();
  } finally {
    lead(`/proc/self/fd/${screen}`);
    closeSync(screen);
  }
}

/** A second descriptor of what one leads to; nothing where it cannot be opened, as a socket cannot. */
function openedAgain(path: string): number | undefined {
  try {
    return openSync(path, 'a');
  } catch {
    return undefined;
  }
}

/** A file that is opened takes the lowest number that is free. */
function lead(path: string): void {
  closeSync(ERRORS);
  openSync(path, 'a');
}
