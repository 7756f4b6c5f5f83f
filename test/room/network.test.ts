/** The network goes away: what was said meanwhile arrives when it is back, and nobody joins again. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { LiveClient } from '../../src/class/live-client.ts';
import { listen, portOf } from '../support/serve.ts';
import { type Member, sends, until, useRooms } from '../support/room.ts';

/** `npm run test:long` waits as long as class.md says. */
const GONE_MS = process.env.LONG ? 60_000 : 3_000;

const rooms = useRooms();
let network: Network | undefined;
afterEach(() => network?.close());

/** What lies between pages and the room. */
class Network {
  private readonly server: Server;
  private readonly pairs = new Set<[Socket, Socket]>();
  private gone: 'silent' | 'broken' | undefined;

  private constructor(port: number) {
    this.server = createServer((near) => {
      if (this.gone === 'broken') {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      const pair: [Socket, Socket] = [near, far];
      this.pairs.add(pair);
      near.pipe(far);
      far.pipe(near);
      for (const socket of pair) {
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.pairs.delete(pair);
          for (const each of pair) each.destroy();
        });
        if (this.gone) hold(pair);
      }
    });
  }

  static async before(address: string): Promise<Network> {
    const network = new Network(Number(address.split(':')[1]));
    await listen(network.server);
    return network;
  }

  get address(): string {
    return `127.0.0.1:${portOf(this.server)}`;
  }

  /** @param how nothing comes through, or all connections break and none opens */
  goAway(how: 'silent' | 'broken'): void {
    this.gone = how;
    for (const pair of this.pairs) {
      if (how === 'silent') hold(pair);
      else for (const socket of pair) socket.destroy();
    }
  }

  comeBack(): void {
    this.gone = undefined;
    for (const [near, far] of this.pairs) {
      near.pipe(far);
      far.pipe(near);
    }
  }

  close(): void {
    this.goAway('broken');
    this.server.close();
  }
}

function hold([near, far]: [Socket, Socket]): void {
  near.unpipe(far).pause();
  far.unpipe(near).pause();
}

test.each(['silent', 'broken'] as const)(
  'the network is %s for a while: all that was said meanwhile is there, and nobody joins again',
  async (how) => {
    const room = await rooms.open();
    network = await Network.before(room.address);
    const through = { ...room, address: network.address };
    const teacher: LiveClient = rooms.teacher(through);
    const members: Member[] = [await rooms.member(through), await rooms.member(through)];
    // Who sits elsewhere notices nothing.
    const elsewhere = await rooms.member(room);
    const all = [...members, elsewhere];
    for (const [i, member] of all.entries()) sends(member, i);
    await until(() => all.every(({ client }) => client.isSent), 'all is sent');
    await until(() => teacher.results.results.length === 3, 'all is on the projector');

    network.goAway(how);
    teacher.set({ phase: 'run', lesson: 'scaling-laws' });
    const again = { at: 1_790_001_000 };
    for (const [i, member] of all.entries()) sends(member, i, again);
    await until(() => elsewhere.client.isSent, 'the others go on');
    await new Promise((resolve) => setTimeout(resolve, GONE_MS));
    expect(members.map(({ client }) => client.isSent)).toEqual([false, false]);
    expect(teacher.isSent).toBe(false);
    expect(elsewhere.client.plan.phase).toBe('lobby');
    if (how === 'broken') expect(members.map(({ client }) => client.connection)).toEqual(['lost', 'lost']);

    network.comeBack();
    await until(
      () => [...members.map(({ client }) => client), teacher].every(({ isSent }) => isSent),
      'sent',
    );
    await until(() => teacher.results.results.every(({ at }) => at === again.at), 'on the projector');
    await until(() => all.every(({ client }) => client.plan.phase === 'run'), 'all follow');
    expect(teacher.results.rows.map(({ id }) => id).sort()).toEqual(all.map(({ member }) => member).sort());
  },
  GONE_MS + 120_000,
);
