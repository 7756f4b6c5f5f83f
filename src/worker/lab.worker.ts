/** The worker's entry: the lab, exposed through Comlink, or one of the workers that train for it. */
import { builderOn } from '../crew/build.ts';
import { MemberService } from '../crew/member.ts';
import { CrewSource } from '../crew/source.ts';
import { wantedIn } from '../devices/choice.ts';
import { DeviceChooser } from '../devices/choose.ts';
import { coresIn, coresOn } from '../devices/cores.ts';
import { mostBytes, roomOf } from '../devices/facts.ts';
import { Device } from '../gpu/device.ts';
import { loadPart } from '../loading.ts';
import { openDatabase } from '../state/database.ts';
import { measureSpeed } from '../training/measuring/calibration.ts';
import { checkFeatures } from '../training/measuring/trust.ts';
import { tune } from '../training/measuring/tuning.ts';
import { MEMBER, serve, startMember } from './crew.ts';
import { expose } from './expose.ts';
import { keptTunings, measuredOnce } from './kept.ts';
import { LabService } from './lab.ts';

/** The page puts into the worker's name what it is asked to train on, and on how many cores. */
const [wanted, cores] = self.name.split(' ');

function labHere(): LabService {
  const database = openDatabase();
  const room = roomOf(self);
  const most = mostBytes(room);

  const chooser = new DeviceChooser({
    // Older browsers lack it, whatever the types say.
    gpu: (navigator as Partial<Navigator>).gpu,
    wanted: wantedIn(wanted) ?? 'auto',
    mostBytes: most,
    measure: measuredOnce(database, measureSpeed),
  });

  /** The page asks for the device as soon as it is there: the short measurement falls into the learner's reading. */
  async function acquire(): Promise<Device> {
    const device = await chooser.choose();
    if (device.cpu) return device;
    await checkFeatures(device);
    await tune(device, keptTunings(database));
    return device;
  }

  const size = coresOn(room, navigator.hardwareConcurrency, coresIn(cores));
  const crew = new CrewSource(size, async () => {
    const { WorkerCrew } = await loadPart(import('../crew/crew.ts'));
    return WorkerCrew.start({ start: () => startMember(), size, mostBytes: most });
  });
  return new LabService(acquire, database, crew);
}

if (wanted === MEMBER) serve(new MemberService(builderOn(() => Device.cpu())));
else expose(labHere());
