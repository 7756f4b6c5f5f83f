/** How a worker answers a page: every method of a service can be called, and listeners among the arguments are heard. */
import * as Comlink from 'comlink';
import { beat } from './heartbeat.ts';

/** Arrays of an event or an answer are given away, not copied. */
function transferred<T>(message: T): T {
  if (typeof message !== 'object' || message === null) return message;
  const arrays = Object.values(message).filter((value) => ArrayBuffer.isView(value));
  return Comlink.transfer(
    message,
    arrays.map(({ buffer }) => buffer),
  );
}

type Method = (...given: unknown[]) => unknown;

const listening = (given: unknown): unknown =>
  typeof given === 'function' ? (event: unknown) => (given as Method)(transferred(event)) : given;

export function expose(service: object): void {
  const methods = new Proxy(service, {
    get(own, name) {
      const method = Reflect.get(own, name) as Method;
      return async (...given: unknown[]) => transferred(await method.apply(own, given.map(listening)));
    },
  });
  Comlink.expose(methods);
  beat();
}
