/** Runs in this process, on the engine as the command line has it. */
import { acquireDevice } from '../../src/cli/device.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { type Place, specAt } from './place.ts';

export async function inNode(): Promise<Place> {
  const device = await acquireDevice();
  return {
    name: `Node ${process.version}, ${device.name}`,
    async round(count) {
      const spec = parseSpec(specAt(count));
      const trainer = await Trainer.create(device, spec);
      const start = performance.now();
      await trainer.run();
      const seconds = (performance.now() - start) / 1000;
      trainer.destroy();
      return { steps: spec.steps, seconds, megabytes: process.memoryUsage().rss / 1e6 };
    },
    close: () => {
      device.destroy();
      return Promise.resolve();
    },
  };
}
