/** How a worker of a crew builds its shares. */
import type { Device } from '../gpu/device.ts';
import { RunData } from '../training/spec/run-data.ts';
import { Trainer } from '../training/trainer/trainer.ts';
import type { Build } from './member.ts';

/** On a device that is the worker's own; it makes the examples itself, once for shares that have the same. */
export function builderOn(connect: () => Promise<Device>): Build {
  const data = new RunData();
  let connected: Promise<Device> | undefined;
  return async (spec, { checkpoint, from }, mostBytes) => {
    const device = await (connected ??= connect());
    device.mostBytes = mostBytes === undefined ? undefined : device.counters.bytesAlive + mostBytes;
    return Trainer.create(device, spec, {
      data: data.of(spec),
      ...(checkpoint && { checkpoint }),
      ...(from && { from }),
    });
  };
}
