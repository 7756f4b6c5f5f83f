/** The workers of a command: where the processor trains, replicas and runs are shared out among its cores. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { type Connection, WorkerCrew } from '../crew/crew.ts';
import type { Member } from '../crew/member.ts';
import { CrewSource } from '../crew/source.ts';
import { MOST_CORES } from '../devices/cores.ts';
import { wholeNumber } from './arguments.ts';

/** The option of all commands that train. */
export const CORES_OPTION = { cores: { type: 'string' } } as const;
export const CORES_USAGE = '[--cores N]';

/** @param cores as the option has it; by default as many as the machine has, up to the most. @throws UsageError */
export function crewSource(cores: string | undefined): CrewSource {
  const size =
    cores === undefined
      ? Math.min(MOST_CORES, availableParallelism())
      : wholeNumber('cores', cores, 1, MOST_CORES);
  return new CrewSource(size, (size) => WorkerCrew.start({ start: startMember, size }));
}

/** A worker in a thread of this process, which ends with it. */
export function startMember(): Connection {
  const worker = new Worker(join(import.meta.dirname, 'crew-member.mjs'));
  const lost = new Promise<string>((resolve) => {
    worker.once('error', ({ message }) => resolve(message));
    worker.once('exit', (code) => resolve(`exit code ${code}`));
  });
  return {
    member: Comlink.wrap<Member>(nodeEndpoint(worker)),
    ready: once(worker, 'message'),
    lost,
    end: () => void worker.terminate(),
  };
}
