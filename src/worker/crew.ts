/**
 * Workers that train beside the lab's own, where the processor trains: the same script under another name. The lab's
 * worker starts them, so that they end with it, whatever ends it.
 */
import * as Comlink from 'comlink';
import type { Connection } from '../crew/crew.ts';
import type { Member } from '../crew/member.ts';
import { scriptAddress } from '../policy.ts';

/** The first word of such a worker's name. */
export const MEMBER = 'member';

/** Runs in such a worker: answers the lab's calls from now on. */
export function serve(member: Member): void {
  Comlink.expose(member);
  postMessage('ready');
}

/** @param rest what the worker is told beside its part */
export function startMember(rest = ''): Connection {
  const worker = new Worker(scriptAddress(self.location.href), { type: 'module', name: `${MEMBER} ${rest}` });
  return {
    member: Comlink.wrap<Member>(worker),
    // What is said to a worker before it listens is lost.
    ready: new Promise((resolve) => worker.addEventListener('message', resolve, { once: true })),
    lost: new Promise((resolve) => {
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(event.message);
      };
    }),
    end: () => worker.terminate(),
  };
}
