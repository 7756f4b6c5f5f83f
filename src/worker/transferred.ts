import * as Comlink from 'comlink';
import type { ExperimentEvent, RunEvent, View } from './protocol.ts';

/** Arrays of an event or a view are given away, not copied. */
export function transferred<T extends ExperimentEvent | RunEvent | View>(message: T): T {
  const arrays = Object.values(message).filter((value) => ArrayBuffer.isView(value));
  return Comlink.transfer(
    message,
    arrays.map(({ buffer }) => buffer),
  );
}
