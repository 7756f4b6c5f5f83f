/**
 * The worker of embedded figures, whose text travels inside their script. It does experiments only, and keeps nothing
 * in the database of the page that it is a guest of.
 */
import * as Comlink from 'comlink';
import { Device } from '../gpu/device.ts';
import { MemoryStore } from '../training/store.ts';
import { ExperimentService } from './experiment-lab.ts';
import type { ExperimentLab } from './protocol.ts';
import { beat } from './heartbeat.ts';
import { transferred } from './transferred.ts';

const lab = new ExperimentService(() => Device.acquire(navigator.gpu), new MemoryStore());

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
