/** The page's side of the benchmark's worker. */
import * as Comlink from 'comlink';
import type { BenchEvent, BenchLab, BenchRequest } from '../bench/service.ts';
import address from './bench.worker.ts?worker&url';
import { crashOf } from './crash.ts';
import { workerFrom } from './module-worker.ts';

export interface RunningBench {
  /** Rejects with what went wrong, for people. */
  run: (request: BenchRequest, listener: (event: BenchEvent) => void) => Promise<void>;
  /** Ends the worker and whatever it does, at once. */
  end: () => void;
}

export function startBench(): RunningBench {
  const worker = workerFrom(address);
  const crashed = crashOf(worker);
  const lab = Comlink.wrap<BenchLab>(worker);
  return {
    run: (request, listener) => Promise.race([lab.run(request, Comlink.proxy(listener)), crashed]),
    end: () => worker.terminate(),
  };
}
