/** Two servers over one PostgreSQL, behind a balancer: whichever dies or halts, what was told is sent is on the projector. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/random.ts';
import type { LiveClient } from '../../src/class/live-client.ts';
import { Balancer } from '../support/balancer.ts';
import { useCommands } from '../support/commands.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Member, sends, siteIn, until, useRooms } from '../support/room.ts';
import type { RoomProcess } from '../support/room-server.ts';
import { freePort } from '../support/serve.ts';

/** `npm run test:long` does it ten times as often. */
const ROUNDS = process.env.LONG ? 20 : 2;
const MEMBERS = 6;

const rooms = useRooms();
const commands = useCommands();
let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test(
  'one of two servers is killed, or halts, in the middle of writes: nothing is lost, nobody joins again',
  async () => {
    const site = siteIn(rooms.folder());
    const ports = [await freePort(), await freePort()];
    const start = (i: number): Promise<RoomProcess> => commands.startRoom(site, postgres.address, ports[i]!);
    const servers = [await start(0), await start(1)];
    expect(servers[1]!.code).toBe(servers[0]!.code);
    const balancer = await Balancer.before(ports);
    const { code, key } = servers[0]!;
    const room = { address: balancer.address, code, teacherToken: key };
    try {
      const teacher: LiveClient = rooms.teacher(room);
      const members: Member[] = [];
      for (let i = 0; i < MEMBERS; i++) members.push(await rooms.member(room));
      const all = [teacher, ...members.map(({ client }) => client)];
      await until(() => all.every(({ isReady }) => isReady), 'all are in');
      await until(
        () => all.every(({ board }) => board.counts.here === MEMBERS),
        'each sees all, at either server',
      );
      for (const port of ports) {
        const asked = { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: '{"act":"list"}' };
        const answer = await fetch(`http://127.0.0.1:${port}/room/hands/${code}`, asked);
        expect([answer.status, await answer.json()]).toEqual([200, { experiment: '', runs: [] }]);
        const wrong = await fetch(`http://127.0.0.1:${port}/room/join`, {
          method: 'POST',
          body: '{"code":"222222"}',
        });
        expect(wrong.status).toBe(404);
      }
      teacher.set({ phase: 'run', lesson: 'scaling-laws' });
      await until(() => all.every(({ plan }) => plan.phase === 'run'), 'all follow');

      const random = new Random(11);
      const told = new Map<string, number>();
      const seen = (): Map<string, number> =>
        new Map(teacher.results.results.map(({ member, at }) => [member, at - 1_790_000_000]));
      for (let round = 0; round < 2 * ROUNDS; round++) {
        const which = (round >> 1) % 2;
        let isOver = false;
        const ending = (): boolean => isOver;
        const send = async (member: Member): Promise<void> => {
          for (let number = round * 1000; !ending(); number++) {
            sends(member, number % 1000, { at: 1_790_000_000 + number });
            while (!member.client.isSent && !ending()) await new Promise((resolve) => setTimeout(resolve, 1));
            if (member.client.isSent) told.set(member.member, number);
          }
        };
        const sending = Promise.all(members.map(send));
        await new Promise((resolve) => setTimeout(resolve, 50 + 250 * random.uniform()));
        const before = Math.max(...told.values());
        if (round % 2 === 0) {
          await servers[which]!.kill();
          // The other serves all of them alone.
          await until(
            () => members.every(({ member }) => (told.get(member) ?? 0) > before + 1),
            'all send again',
          );
          servers[which] = await start(which);
        } else {
          servers[which]!.halt();
          await until(
            () => members.some(({ member }) => (told.get(member) ?? 0) > before + 100),
            'somebody sends through the other',
          );
          servers[which]!.goOn();
          await until(
            () => members.every(({ member }) => (told.get(member) ?? 0) > before + 1),
            'all send again',
          );
        }
        isOver = true;
        await sending;
        await until(() => {
          const shown = seen();
          return [...told].every(([member, number]) => (shown.get(member) ?? -1) >= number);
        }, 'all that was sent is on the projector');
      }
      await until(() => all.every(({ isSent }) => isSent), 'all is sent in the end');
      expect(teacher.results.rows.map(({ id }) => id).sort()).toEqual(
        members.map(({ member }) => member).sort(),
      );
    } finally {
      balancer.close();
      for (const server of servers) await server.kill();
    }
  },
  120_000 * ROUNDS,
);
