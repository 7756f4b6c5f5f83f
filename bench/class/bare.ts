/**
 * A class of thirty beside bare Hocuspocus, which keeps nothing, checks nothing and makes no board: in one process, in turns, the same
 * members, results and sockets.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { Hocuspocus } from '@hocuspocus/server';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { join as joinClass } from '../../src/class/join.ts';
import { ENTRIES, MEMBER_KEYS } from '../../src/class/live.ts';
import { median, quantile } from '../../src/class/pooled.ts';
import { newSecret, teacherToken } from '../../src/room/access.ts';
import { openDatabase } from '../../src/room/database.ts';
import { NodeSocket } from '../../src/room/node-socket.ts';
import { Room } from '../../src/room/room.ts';
import { RoomServer } from '../../src/room/server.ts';
import { Store } from '../../src/room/store.ts';
import { listen, portOf } from '../../test/support/serve.ts';
import { clientOf, LESSONS, until, wireOf, ZERO } from './members.ts';
import { siteIn } from './server.ts';

const ROUNDS = 40;

/** Of either: all members send, and what comes where all is seen. */
interface Side {
  send(number: number): void;
  /** number of results of that round that are seen */
  seen(number: number): number;
  close(): Promise<void>;
}

export async function besideBare(members: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-class-'));
  const sides = [await theRoom(folder, members), await bare(members)];
  const delays: number[][] = [[], []];
  try {
    for (let number = 1; number <= ROUNDS; number++) {
      for (const [i, side] of sides.entries()) {
        const begun = performance.now();
        side.send(number);
        for (let have = 0; have < members;) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          for (const seen = side.seen(number); have < seen; have++)
            delays[i]!.push(performance.now() - begun);
          if (performance.now() - begun > 60_000) throw new Error('never: all are seen');
        }
      }
    }
    const [room, other] = delays.map((each) => [median(each), quantile(each, 0.95)] as const);
    console.log(
      `${members} members, ${ROUNDS} times a result of each at once: on the projector after ${room![0].toFixed(0)} ms in the median, ${room![1].toFixed(0)} ms at the 95th percentile; ` +
        `by bare Hocuspocus, in turns in the same process, ${other![0].toFixed(1)} and ${other![1].toFixed(1)} ms: ${(room![0] / other![0]).toFixed(1)} and ${(room![1] / other![1]).toFixed(1)} times that. ` +
        'Up to 100 ms of it the board waits for more, 12 ms the disk.',
    );
  } finally {
    for (const side of sides) await side.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function theRoom(folder: string, count: number): Promise<Side> {
  const store = new Store(await openDatabase(join(folder, 'class.sqlite')));
  const secret = await store.secret(newSecret());
  const lessons = { names: LESSONS, facts: () => Promise.resolve(undefined), experiment: () => undefined };
  const room = new Room({ store, secret, lessons, mostMembers: count });
  const server = new RoomServer({ room, secret, site: siteIn(folder), mostMembers: count });
  const { code } = await room.begin();
  const address = `127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  const teacher = clientOf(address, code, teacherToken(secret, code));
  const members = await Promise.all(
    Array.from({ length: count }, async () => {
      const { member, token } = await joinClass(`http://${address}/room/join`, code);
      return { member, client: clientOf(address, code, token, member) };
    }),
  );
  await until(() => teacher.isReady && members.every(({ client }) => client.isReady), 'all are in');
  return {
    send(number) {
      for (const { client, member } of members)
        client.say(MEMBER_KEYS.result + LESSONS[0]!, wireOf(member, number));
    },
    seen: (number) => teacher.results.results.filter(({ at }) => at === ZERO + number).length,
    async close() {
      for (const { client } of members) client.close();
      teacher.close();
      await server.close();
      await store.close();
    },
  };
}

async function bare(count: number): Promise<Side> {
  const hocuspocus = new Hocuspocus({ quiet: true });
  const sockets = new WebSocketServer({ noServer: true });
  const http = createServer();
  http.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const connection = hocuspocus.handleConnection(opened, new Request('http://bare/'));
      opened.on('message', (data) => connection.handleMessage(new Uint8Array(data as Buffer)));
      opened.on('close', () => connection.handleClose());
    });
  });
  await listen(http);
  const ends: (() => void)[] = [];
  const open = (names: readonly string[]): HocuspocusProvider[] => {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${portOf(http)}/`,
      WebSocketPolyfill: NodeSocket,
    });
    const providers = names.map((name) => {
      const provider = new HocuspocusProvider({
        websocketProvider,
        name,
        document: new Y.Doc(),
        token: 'any',
        awareness: null,
      });
      provider.attach();
      return provider;
    });
    ends.push(() => {
      for (const provider of providers) provider.destroy();
      websocketProvider.destroy();
    });
    return providers;
  };
  const names = Array.from({ length: count }, (_, i) => `member-${i}`);
  const reader = open(names);
  const writers = names.flatMap((name) => open([name]));
  await until(() => [...reader, ...writers].every(({ synced }) => synced), 'all are in');
  return {
    send(number) {
      for (const [i, { document }] of writers.entries())
        document.getMap(ENTRIES).set('result', wireOf(names[i]!, number));
    },
    seen: (number) =>
      reader.filter(({ document }, i) => document.getMap(ENTRIES).get('result') === wireOf(names[i]!, number))
        .length,
    async close() {
      for (const end of ends) end();
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
