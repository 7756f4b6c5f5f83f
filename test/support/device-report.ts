/** Reports of devices that are not there. */
import type { DeviceReport } from '../../src/worker/protocol.ts';

/** Of graphics, or of a processor that trains because the browser found none. */
export function reportOf(software = false): DeviceReport {
  return {
    name: software ? 'CPU' : 'Pretend GPU 7',
    software,
    gpuBytes: 0,
    ...(software && { gflops: 2.5 }),
    details: {
      kind: software ? 'cpu' : 'core',
      adapter: { vendor: 'pretend' },
      features: [],
      limits: { maxBufferSize: 2 ** 28 },
      leftOut: {},
      tried: software
        ? [
            { kind: 'core', outcome: 'none' },
            { kind: 'compatibility', outcome: 'none' },
            { kind: 'cpu', outcome: 'chosen', software, gflops: 2.5 },
          ]
        : [{ kind: 'core', outcome: 'chosen', software }],
      kernels: {},
    },
  };
}
