/** All targets of the fuzzer. */
import type { Device } from '../../src/gpu/device.ts';
import type { Target } from './harness.ts';
import { checkpoints } from './checkpoints.ts';
import { attributes, links, messages, runFiles } from './outside.ts';
import { specs, sweeps } from './specs.ts';
import { tables } from './tables.ts';

/** @param device what accepted inputs are trained on; without one, none is */
export function allTargets(device?: () => Promise<Device>): Target[] {
  return [
    specs(device),
    sweeps(device),
    links(device),
    attributes(device),
    runFiles(device),
    messages(device),
    checkpoints(device),
    tables(),
  ];
}
