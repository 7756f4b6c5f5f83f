/**
 * The worker of embedded figures, whose text travels inside their script. It does experiments only, and keeps nothing
 * in the database of the page that it is a guest of.
 */
import * as Comlink from 'comlink';
import type { CpuHandle } from '../cpu/handle.ts';
import { wantedIn } from '../devices/choice.ts';
import { DeviceChooser } from '../devices/choose.ts';
import { mostBytes, roomOf } from '../devices/facts.ts';
import { Device } from '../gpu/device.ts';
import { MemoryStore } from '../training/store.ts';
import { ExperimentService } from './experiment-lab.ts';
import type { ExperimentLab } from './protocol.ts';
import { beat } from './heartbeat.ts';
import { transferred } from './transferred.ts';

/** What to train on, and where the part for the processor is. */
const [wanted, processor = ''] = self.name.split(' ');

const chooser = new DeviceChooser({
  // Older browsers lack it, whatever the types say.
  gpu: (navigator as Partial<Navigator>).gpu,
  wanted: wantedIn(wanted) ?? 'auto',
  mostBytes: mostBytes(roomOf(self)),
  async cpu() {
    await import(/* @vite-ignore */ processor);
    const { ScalingLabCpu } = globalThis as unknown as { ScalingLabCpu: new () => CpuHandle };
    return Device.on(new ScalingLabCpu());
  },
});

const lab = new ExperimentService(() => chooser.choose(), new MemoryStore());

const exposed: ExperimentLab = {
  device: () => lab.device(),
  check: (spec) => lab.check(spec),
  plan: (sweep) => lab.plan(sweep),
  openExperiment: (items, listener) => lab.openExperiment(items, (event) => listener(transferred(event))),
  runExperiment: (...which) => lab.runExperiment(...which),
  pauseExperiment: (id) => lab.pauseExperiment(id),
  skipExperiment: (id) => lab.skipExperiment(id),
  resetExperiment: (id) => lab.resetExperiment(id),
  closeExperiment: (id) => lab.closeExperiment(id),
};

Comlink.expose(exposed);
beat();
