/** The benchmark behind the page: runs in a worker, tells of each workload when it is done. */
import { Device } from '../gpu/device.ts';
import { tune, type TuningStore } from '../training/measuring/tuning.ts';
import { compare, type Comparison } from './compare.ts';
import { GPUCalls } from './counting.ts';
import { measureRates } from './floor.ts';
import type { Peer } from './peers/peer.ts';
import { WORKLOADS } from './workloads.ts';

export interface BenchRequest {
  /** names of workloads */
  workloads: readonly string[];
  /** names of peers to time beside this engine */
  peers: readonly string[];
  /** of timing, for each workload */
  seconds: number;
}

export type BenchEvent =
  | { kind: 'adapter'; name: string }
  /** a library is loaded, or a workload begun */
  | { kind: 'loading' | 'begins'; name: string }
  | { kind: 'done'; comparison: Comparison }
  | { kind: 'failed'; name: string; message: string };

export interface BenchLab {
  /** Resolves when all is done. To stop it, end the worker. */
  run: (request: BenchRequest, listener: (event: BenchEvent) => void) => Promise<void>;
}

/** Peers by name, each loaded when it is asked for. */
export type PeerLoaders = Readonly<Record<string, () => Promise<Peer>>>;

export class BenchService implements BenchLab {
  constructor(
    private readonly gpu: () => GPU | undefined,
    private readonly loaders: PeerLoaders,
    private readonly tunings: TuningStore,
  ) {}

  /** @throws NoGPUError, or Error when this engine itself fails */
  async run(request: BenchRequest, listener: (event: BenchEvent) => void): Promise<void> {
    const calls = GPUCalls.watch();
    const device = await Device.acquire(this.gpu());
    try {
      await tune(device, this.tunings);
      listener({ kind: 'adapter', name: device.name });
      const rates = await measureRates(device);
      const peers: Peer[] = [];
      for (const name of request.peers) {
        listener({ kind: 'loading', name });
        try {
          peers.push(await this.loaders[name]!());
        } catch (error) {
          listener({ kind: 'failed', name, message: (error as Error).message });
        }
      }
      for (const workload of WORKLOADS.filter(({ name }) => request.workloads.includes(name))) {
        listener({ kind: 'begins', name: workload.name });
        const comparison = await compare(workload, device, peers, calls, rates, 1000 * request.seconds);
        listener({ kind: 'done', comparison });
      }
    } finally {
      device.destroy();
    }
  }
}
