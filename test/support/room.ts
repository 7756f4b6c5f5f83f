/** A room on this machine, and members of it that are no pages. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { afterEach, expect } from 'vitest';
import { toWire } from '../../src/class/codec.ts';
import { join } from '../../src/class/join.ts';
import { LiveClient } from '../../src/class/live-client.ts';
import { MEMBER_KEYS } from '../../src/class/live.ts';
import type { MemberResult } from '../../src/class/result.ts';
import { newSecret, teacherToken } from '../../src/room/access.ts';
import type { Lessons } from '../../src/room/classroom.ts';
import { openDatabase } from '../../src/room/database.ts';
import { NodeSocket } from '../../src/room/node-socket.ts';
import { Room } from '../../src/room/room.ts';
import { RoomServer } from '../../src/room/server.ts';
import { Store } from '../../src/room/store.ts';
import { planted } from '../class/planted.ts';

export const LESSONS: Lessons = {
  names: ['scaling-laws', 'mirage'],
  facts: () =>
    Promise.resolve({ logX: true, value: 'measured', right: 3, expected: { small: { holds: 9, of: 10 } } }),
  experiment: ({ lesson, size, seed }) => ({
    name: `${lesson}/${size}/${seed}`,
    cells: ['small', 'large', 'middle'].map((key, i) => ({
      id: `cell ${key} ${seed}`,
      cost: [1, 9, 4][i]!,
      items: [{ key, spec: {}, run: `run ${key} ${seed}` }],
    })),
    check: (_key, result) => ({
      device: 'a device',
      digest: JSON.stringify(result),
      text: JSON.stringify(result),
    }),
  }),
};

/** Waits for a condition, however slow the machine is. */
export async function until(condition: () => unknown, what: string): Promise<void> {
  for (let i = 0; i < 6_000; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect.fail(`never: ${what}`);
}

export interface OpenRoom {
  address: string;
  code: string;
  teacherToken: string;
  room: Room;
  store: Store;
  /** stops it, as a crash does: nothing is said to anybody */
  stop(): Promise<void>;
}

/** As little of a built lab as a server needs, in a folder within a folder. */
export function siteIn(folder: string): string {
  const site = path(folder, 'site');
  mkdirSync(site);
  writeFileSync(path(site, 'index.html'), SITE);
  writeFileSync(path(site, '_headers'), '/*\n  X-Content-Type-Options: nosniff\n');
  return site;
}

/** What its page says. */
export const SITE = '<!doctype html><p>the lab</p>';

/** Call at the top of a test file. */
export function useRooms() {
  let ends: (() => unknown)[] = [];
  afterEach(async () => {
    const all = ends.reverse();
    ends = [];
    for (const end of all) await end();
  });

  const folder = (): string => {
    const made = mkdtempSync(path(tmpdir(), 'room-'));
    ends.push(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };

  return {
    folder,
    async open({ file = ':memory:', port = 0, mostMembers = 100 } = {}): Promise<OpenRoom> {
      const site = siteIn(folder());
      const store = new Store(await openDatabase(file));
      const secret = await store.secret(newSecret());
      const room = new Room({ store, secret, lessons: LESSONS, mostMembers });
      const server = new RoomServer({ room, secret, site, mostMembers });
      const { code } = (await store.classes())[0] ?? (await room.begin());
      const address = `127.0.0.1:${await server.listen(port, '127.0.0.1')}`;
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> => (stopped ??= server.close().then(() => store.close()));
      ends.push(stop);
      return { address, code, teacherToken: teacherToken(secret, code), room, store, stop };
    },

    async member({ address, code }: Pick<OpenRoom, 'address' | 'code'>): Promise<Member> {
      const { member, token } = await join(`http://${address}/room/join`, code);
      const client = open({ address, code }, token, member);
      ends.push(() => client.close());
      return { client, member, token };
    },

    teacher({
      address,
      code,
      teacherToken,
    }: Pick<OpenRoom, 'address' | 'code' | 'teacherToken'>): LiveClient {
      const client = open({ address, code }, teacherToken);
      ends.push(() => client.close());
      return client;
    },

    /** Whoever it is. */
    client(room: Pick<OpenRoom, 'address' | 'code'>, token: string, member?: string): LiveClient {
      const client = open(room, token, member);
      ends.push(() => client.close());
      return client;
    },
  };
}

export interface Member {
  client: LiveClient;
  member: string;
  token: string;
}

function open(
  { address, code }: Pick<OpenRoom, 'address' | 'code'>,
  token: string,
  member?: string,
): LiveClient {
  const url = `ws://${address}/room`;
  return new LiveClient({
    url,
    code,
    token,
    lessons: LESSONS.names,
    WebSocket: NodeSocket,
    ...(member !== undefined && { member }),
  });
}

export const sends = ({ client, member }: Member, i = 0, changes: Partial<MemberResult> = {}): void => {
  const result = planted(i, { member, ...changes });
  client.say(MEMBER_KEYS.result + result.lesson, JSON.stringify(toWire(result)));
};

export const predicts = ({ client }: Member, level = 0.5): void =>
  client.say(
    `${MEMBER_KEYS.said}scaling-laws`,
    JSON.stringify({
      lesson: 'scaling-laws',
      prediction: { kind: 'level', points: [[0, level]] },
      before: 1,
    }),
  );
