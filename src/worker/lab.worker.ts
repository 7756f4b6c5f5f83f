/** The worker's entry: the lab, exposed through Comlink. */
import * as Comlink from 'comlink';
import { wantedIn } from '../devices/choice.ts';
import { DeviceChooser } from '../devices/choose.ts';
import { mostBytes, roomOf } from '../devices/facts.ts';
import type { Device } from '../gpu/device.ts';
import { openDatabase } from '../state/database.ts';
import { checkFeatures } from '../training/trust.ts';
import { tune } from '../training/tuning.ts';
import { beat } from './heartbeat.ts';
import { keptTunings } from './kept.ts';
import { LabService } from './lab.ts';
import type { Lab } from './protocol.ts';
import { transferred } from './transferred.ts';

const database = openDatabase();

/** The page puts into the worker's name what it is asked to train on. */
const chooser = new DeviceChooser({
  // Older browsers lack it, whatever the types say.
  gpu: (navigator as Partial<Navigator>).gpu,
  wanted: wantedIn(self.name) ?? 'auto',
  mostBytes: mostBytes(roomOf(self)),
});

/** The page asks for the device as soon as it is there: the short measurement falls into the learner's reading. */
async function acquire(): Promise<Device> {
  const device = await chooser.choose();
  if (device.cpu) return device;
  await checkFeatures(device);
  await tune(device, keptTunings(database));
  return device;
}

const lab = new LabService(acquire, database);

const exposed: Lab = {
  device: () => lab.device(),
  open: (spec, listener, kept) => lab.open(spec, (event) => listener(transferred(event)), kept),
  run: (id, steps) => lab.run(id, steps),
  pause: (id) => lab.pause(id),
  reset: (id) => lab.reset(id),
  view: async (id, request) => transferred(await lab.view(id, request)),
  points: (id) => lab.points(id),
  close: (id) => lab.close(id),
  openExperiment: (items, listener) => lab.openExperiment(items, (event) => listener(transferred(event))),
  runExperiment: (...which) => lab.runExperiment(...which),
  pauseExperiment: (id) => lab.pauseExperiment(id),
  skipExperiment: (id) => lab.skipExperiment(id),
  resetExperiment: (id) => lab.resetExperiment(id),
  closeExperiment: (id) => lab.closeExperiment(id),
  describe: () => lab.describe(),
  check: (spec) => lab.check(spec),
  plan: (sweep) => lab.plan(sweep),
  table: (sweep, results) => lab.table(sweep, results),
  fit: (request) => lab.fit(request),
};

Comlink.expose(exposed);
beat();
