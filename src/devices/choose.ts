/** The device that trains: asks for adapters, tries devices in the order of choice.ts, and remembers what became of each. */
import type { Adapter } from '../gpu/adapter.ts';
import { Device, NoGPUError } from '../gpu/device.ts';
import { MissingPartError } from '../loading.ts';
import { measureSpeed } from '../training/measuring/calibration.ts';
import type { Tried } from './cases.ts';
import { type DeviceKind, order, type Wanted } from './choice.ts';
import { adaptersOf, offered } from './offers.ts';

/** Losses of one kind of device within this time, after which it is passed over. */
const MOST_LOSSES = 3;
const LOSSES_WITHIN_MS = 60_000;

/** What the chooser needs of the world around it. */
export interface World {
  gpu: GPU | undefined;
  wanted: Wanted;
  /** bytes that the device may hold; the graphics' own limits where nothing is said */
  mostBytes?: number | undefined;
  cpu?: () => Promise<Device>;
  /** GFLOP/s */
  measure?: (device: Device) => Promise<number>;
}

const attempts = new WeakMap<Device, readonly Tried[]>();

/** What was tried before a device, and the device itself; nothing where it was not chosen. */
export const triedFor = (device: Device): readonly Tried[] => attempts.get(device) ?? [];

export class DeviceChooser {
  private readonly losses = new Map<DeviceKind, number[]>();
  private missing: MissingPartError | undefined;

  constructor(private readonly world: World) {}

  /** @throws NoGPUError when nothing works, not even the processor; MissingPartError where the processor's part did not come */
  async choose(): Promise<Device> {
    const { wanted, mostBytes, gpu } = this.world;
    const tried: Tried[] = [];
    const adapters = (await adaptersOf(gpu, wanted, tried)).filter(({ featureLevel }) => {
      const isLost = this.isLostAgain(featureLevel);
      if (isLost) tried.push({ kind: featureLevel, outcome: 'lost' });
      return !isLost;
    });
    for (const group of order(adapters.map(offered), wanted)) {
      const device = await this.best(group, adapters, tried);
      if (!device) continue;
      device.mostBytes = mostBytes;
      attempts.set(device, tried);
      return device;
    }
    if (this.missing) throw this.missing;
    const messages = tried.flatMap(({ kind, message }) => (message ? `${kind}: ${message}` : []));
    throw new NoGPUError(`Nothing to train on was found. ${messages.join('; ')}`.trim());
  }

  /** A device of this kind was lost; after too many in a short time the next best kind is taken. */
  lost(kind: DeviceKind): void {
    this.losses.set(kind, [...(this.losses.get(kind) ?? []), performance.now()]);
  }

  /** The fastest of a group, of which one need not be measured unless it computes on the CPU. */
  private async best(
    group: readonly DeviceKind[],
    adapters: readonly Adapter[],
    tried: Tried[],
  ): Promise<Device | undefined> {
    const candidates: { device: Device; result: Tried }[] = [];
    for (const kind of group) {
      const result: Tried = { kind, outcome: 'slower' };
      tried.push(result);
      try {
        const device = await this.acquire(kind, adapters);
        result.software = device.isSoftware;
        if (device.isSoftware) result.gflops = await (this.world.measure ?? measureSpeed)(device);
        candidates.push({ device, result });
      } catch (error) {
        if (error instanceof MissingPartError) this.missing = error;
        result.outcome = 'refused';
        result.message = (error as Error).message;
      }
    }
    const [first, ...others] = candidates.sort((a, b) => (b.result.gflops ?? 0) - (a.result.gflops ?? 0));
    for (const { device } of others) device.destroy();
    if (!first) return undefined;
    first.result.outcome = 'chosen';
    this.watch(first.device, first.result.kind);
    return first.device;
  }

  private acquire(kind: DeviceKind, adapters: readonly Adapter[]): Promise<Device> {
    if (kind === 'cpu') return (this.world.cpu ?? (() => Device.cpu()))();
    return Device.of(adapters.find(({ featureLevel }) => featureLevel === kind)!);
  }

  private watch(device: Device, kind: DeviceKind): void {
    void device.lost.then(({ reason }) => {
      if (reason !== 'destroyed') this.lost(kind);
    });
  }

  private isLostAgain(kind: DeviceKind): boolean {
    const since = performance.now() - LOSSES_WITHIN_MS;
    return (this.losses.get(kind) ?? []).filter((at) => at > since).length >= MOST_LOSSES;
  }
}
