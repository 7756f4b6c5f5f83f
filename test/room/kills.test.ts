/** The server is killed at any moment: what a member was told is sent is there afterwards, and nobody joins again. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useCommands } from '../support/commands.ts';
import { Random } from '../../src/random.ts';
import type { LiveClient } from '../../src/class/live-client.ts';
import { type Member, sends, siteIn, until, useRooms } from '../support/room.ts';
import { freePort } from '../support/serve.ts';

/** `npm run test:long` kills as often as class.md says. */
const KILLS = process.env.LONG ? 20 : 4;
const MEMBERS = 5;

const rooms = useRooms();
const commands = useCommands();

test('killed in the middle of writes, it keeps every result that a member was told is sent', async () => {
  const folder = rooms.folder();
  const [site, store, port] = [siteIn(folder), join(folder, 'class.sqlite'), await freePort()];
  let server = await commands.startRoom(site, store, port);
  const { code, key } = server;
  const room = { address: `127.0.0.1:${port}`, code, teacherToken: key };
  let teacher: LiveClient = rooms.teacher(room);
  const members: Member[] = [];
  for (let i = 0; i < MEMBERS; i++) members.push(await rooms.member(room));
  await until(() => teacher.isReady && members.every(({ client }) => client.isReady), 'all are in');
  const random = new Random(7);
  /** by member, the highest number that it was told is sent */
  const told = new Map<string, number>();
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      // Results go on coming while it dies.
      let isDead = false;
      const isDying = (): boolean => isDead;
      const dies = new Promise((resolve) => setTimeout(resolve, 50 + 250 * random.uniform())).then(() => {
        isDead = true;
        return server.kill();
      });
      const send = async (member: Member): Promise<void> => {
        for (let number = kill * 100; !isDying(); number++) {
          sends(member, number % 1000, { at: 1_790_000_000 + number });
          while (!member.client.isSent && !isDying()) await new Promise((resolve) => setTimeout(resolve, 1));
          const { isSent } = member.client;
          if (isSent) told.set(member.member, number);
        }
      };
      await Promise.all(members.map(send));
      await dies;
      // One member's page, and the teacher's, are closed meanwhile.
      const closed = members.splice(0, 1)[0]!;
      closed.client.close();
      teacher.close();
      server = await commands.startRoom(site, store, port);
      expect(server.code).toBe(code);
      members.push({ ...closed, client: rooms.client(room, closed.token, closed.member) });
      teacher = rooms.teacher(room);
      await until(() => teacher.isReady && members.every(({ client }) => client.isReady), 'all are back');
      await until(() => {
        const seen = new Map(teacher.results.results.map(({ member, at }) => [member, at - 1_790_000_000]));
        return [...told].every(([member, number]) => (seen.get(member) ?? -1) >= number);
      }, 'all that was sent is on the projector');
    }
    await until(() => members.every(({ client }) => client.isSent), 'all is sent in the end');
    expect(told.size).toBe(MEMBERS);
    expect(teacher.results.rows).toHaveLength(MEMBERS);
  } finally {
    await server.kill();
  }
});
