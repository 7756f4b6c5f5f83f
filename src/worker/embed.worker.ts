/**
 * The worker of embedded figures, whose text travels inside their script. It does experiments only, and keeps nothing
 * in the database of the page that it is a guest of.
 */
import { builderOn } from '../crew/build.ts';
import { CrewSource } from '../crew/source.ts';
import { wantedIn } from '../devices/choice.ts';
import { DeviceChooser } from '../devices/choose.ts';
import { coresOn } from '../devices/cores.ts';
import { mostBytes, roomOf } from '../devices/facts.ts';
import { Device } from '../gpu/device.ts';
import { MemoryStore } from '../training/plan/store.ts';
import { MEMBER, serve } from './crew.ts';
import type { Processor } from './embedded.ts';
import { ExperimentService } from './experiment-lab.ts';
import { expose } from './expose.ts';

/** What to train on, and where the part for the processor is. */
const [wanted, address = ''] = self.name.split(' ');
const room = roomOf(self);
const most = mostBytes(room);

let part: Promise<unknown> | undefined;
let failures = 0;

async function processor(): Promise<Processor> {
  // Where it cannot be loaded the figure trains on GPUs alone, and says so. A worker remembers what failed: a retry has another address.
  part ??= import(/* @vite-ignore */ failures ? `${address}?${failures}` : address);
  try {
    await part;
  } catch (error) {
    part = undefined;
    failures++;
    throw error;
  }
  return (globalThis as unknown as { ScalingLabProcessor: Processor }).ScalingLabProcessor;
}

const cpu = async (): Promise<Device> => Device.on(new (await processor()).CpuHandle());

const chooser = new DeviceChooser({
  // Older browsers lack it, whatever the types say.
  gpu: (navigator as Partial<Navigator>).gpu,
  wanted: wantedIn(wanted) ?? 'auto',
  mostBytes: most,
  cpu,
});

const crew = new CrewSource(coresOn(room, navigator.hardwareConcurrency), async (size) => {
  const { startMember, WorkerCrew } = await processor();
  return WorkerCrew.start({ start: () => startMember(address), size, mostBytes: most });
});

if (wanted === MEMBER) void processor().then(({ MemberService }) => serve(new MemberService(builderOn(cpu))));
else expose(new ExperimentService(() => chooser.choose(), new MemoryStore(), crew));
