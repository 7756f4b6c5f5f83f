/** A crew whose workers are in this very thread: what is said to them is copied, as between threads. */
import { WorkerCrew, type Connection } from '../../src/crew/crew.ts';
import { builderOn } from '../../src/crew/build.ts';
import { MemberService, type Member } from '../../src/crew/member.ts';
import { CrewSource } from '../../src/crew/source.ts';
import { Device } from '../../src/gpu/device.ts';

/** A worker of such a crew. */
export interface Hired {
  device: Device;
  isEnded: boolean;
  isDead: boolean;
  /** It dies, as if something in it had failed. */
  die(): void;
}

export interface TestCrew {
  source: CrewSource;
  /** all workers that were ever started, the first first */
  hired: Hired[];
}

/** @param starts false for the workers that do not start, by their number from 0 */
export function testCrew(
  size: number,
  { mostBytes, starts = () => true }: { mostBytes?: number; starts?: (nth: number) => boolean } = {},
): TestCrew {
  const hired: Hired[] = [];
  const devices = Array.from({ length: 16 }, () => Device.cpu());
  const start = async (): Promise<WorkerCrew | undefined> => {
    const ready = await Promise.all(devices);
    return WorkerCrew.start({
      size,
      mostBytes,
      start: () => {
        const device = ready[hired.length]!;
        let die!: (detail: string) => void;
        const lost = new Promise<string>((resolve) => (die = resolve));
        const own: Hired = {
          device,
          isEnded: false,
          isDead: false,
          die: () => {
            own.isDead = true;
            device.destroy();
            die('killed');
          },
        };
        const nth = hired.push(own) - 1;
        const connection: Connection = {
          member: copying(new MemberService(builderOn(() => Promise.resolve(device)))),
          ready: starts(nth) ? Promise.resolve() : new Promise(() => undefined),
          lost,
          end: () => (own.isEnded = true),
        };
        if (!starts(nth)) own.die();
        return connection;
      },
    });
  };
  return { source: new CrewSource(size, start), hired };
}

function copying(member: Member): Member {
  return new Proxy(member, {
    get:
      (target, name: keyof Member) =>
      async (...given: unknown[]): Promise<unknown> => {
        const ask = target[name].bind(target) as (...given: unknown[]) => Promise<unknown>;
        return structuredClone(await ask(...structuredClone(given)));
      },
  });
}
