/** A part of a class, in a program of its own: comes in, and sends results when it is told to. */
import { type ChildProcess, fork } from 'node:child_process';
import { toWire } from '../../src/class/codec.ts';
import { join, JoinError } from '../../src/class/join.ts';
import { LiveClient } from '../../src/class/live-client.ts';
import { MEMBER_KEYS } from '../../src/class/live.ts';
import type { MemberResult } from '../../src/class/result.ts';
import { NodeSocket } from '../../src/room/node-socket.ts';

export const PROGRAMS = 4;
export const LESSONS = ['scaling-laws'];
/** A result's number is its time since then, s since 1970. */
export const ZERO = 1_790_000_000;
const MOST_WAIT_MS = 300_000;

/** What a program tells: its members are in; one has said a result; one was told that it is sent. */
export type Told =
  { kind: 'in'; again: number } | { kind: 'said' | 'sent'; member: string; number: number; at: number };

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(condition: () => unknown, what: string): Promise<void> {
  const begun = performance.now();
  while (!condition()) {
    await pause(5);
    if (performance.now() - begun > MOST_WAIT_MS) throw new Error(`never: ${what}`);
  }
}

/** A result with as many points and numbers as lessons give. */
export function resultOf(member: string, number: number): MemberResult {
  const x = Array.from({ length: 24 }, (_, i) => Number((1000 * 1.3 ** i).toPrecision(4)));
  return {
    lesson: 'scaling-laws',
    size: 'small',
    seed: 11,
    member,
    at: ZERO + number,
    device: 'a device with a long name, as they have',
    digest: '0123456789abcdef0123456789abcdef',
    outcome: 'holds',
    numbers: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`number${i}`, 0.12345 + i])),
    prediction: { kind: 'level', points: [[0, 0.5]] },
    before: 1,
    after: 3,
    curve: { x, y: x.map((value) => Number((10 / value ** 0.2).toPrecision(4))) },
    place: 65_856,
  };
}

export const wireOf = (member: string, number: number): string =>
  JSON.stringify(toWire(resultOf(member, number)));

export const clientOf = (address: string, code: string, token: string, member?: string): LiveClient =>
  new LiveClient({
    url: `ws://${address}/room`,
    code,
    token,
    lessons: LESSONS,
    WebSocket: NodeSocket,
    ...(member !== undefined && { member }),
  });

/** Starts the programs of a class. */
export function startMembers(
  count: number,
  address: string,
  code: string,
  hear: (told: Told) => void,
): ChildProcess[] {
  return Array.from({ length: PROGRAMS }, () => {
    const child = fork('bench/start.mjs', ['class', 'members', String(count / PROGRAMS), address, code]);
    child.on('message', hear);
    return child;
  });
}

/** Is such a program. */
export async function beMembers(count: number, address: string, code: string): Promise<void> {
  const tell = (told: Told): void => void process.send!(told);
  let again = 0;
  /** Who is told that the room does not answer tries again. */
  const comeIn = async (): ReturnType<typeof join> => {
    for (;;) {
      try {
        return await join(`http://${address}/room/join`, code);
      } catch (error) {
        if (!(error instanceof JoinError && error.problem === 'offline')) throw error;
        again++;
        await pause(2_000);
      }
    }
  };
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const { member, token } = await comeIn();
      return { member, client: clientOf(address, code, token, member) };
    }),
  );
  await until(() => clients.every(({ client }) => client.isReady), 'all are in');
  tell({ kind: 'in', again });
  process.on('message', (number: number) => {
    for (const { client, member } of clients) {
      // Nobody presses in the same millisecond as all others.
      setTimeout(() => {
        client.say(MEMBER_KEYS.result + LESSONS[0]!, wireOf(member, number));
        tell({ kind: 'said', member, number, at: Date.now() });
        const stop = client.watch(() => {
          if (!client.isSent) return;
          stop();
          tell({ kind: 'sent', member, number, at: Date.now() });
        });
      }, Math.random() * 1000);
    }
  });
  await new Promise((resolve) => process.once('disconnect', resolve));
}
