/** What a hostile member, or a stranger, tries. Each of these was possible in a room without rules. */
import * as Y from 'yjs';
import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { toWire } from '../../src/class/codec.ts';
import { codeIn, CODE_SIGNS, documentNames, ENTRIES } from '../../src/class/live.ts';
import { memberToken, newSecret, roleOf, teacherToken } from '../../src/room/access.ts';
import { NodeSocket } from '../../src/room/node-socket.ts';
import { Bucket, MOST_MEMBER_BYTES, MOST_MESSAGE_BYTES, WRONG_CODES } from '../../src/room/limits.ts';
import { planted } from '../class/planted.ts';
import { type OpenRoom, predicts, sends, until, useRooms } from '../support/room.ts';

const rooms = useRooms();

/** A socket that asks for any document with any token. */
function ask({ address }: OpenRoom, name: string, token: string) {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://${address}/room`,
    WebSocketPolyfill: NodeSocket,
    delay: 1_000,
    minDelay: 1_000,
  });
  const state = { refused: '', scope: '', synced: false, closed: 0 };
  const document = new Y.Doc();
  websocketProvider.on('close', () => state.closed++);
  const provider = new HocuspocusProvider({
    websocketProvider,
    name,
    token,
    document,
    awareness: null,
    onAuthenticationFailed: ({ reason }) => (state.refused = reason),
    onAuthenticated: ({ scope }) => (state.scope = scope),
    onSynced: () => (state.synced = true),
  });
  provider.attach();
  const end = (): void => {
    provider.destroy();
    websocketProvider.destroy();
  };
  return { state, document, entries: document.getMap<unknown>(ENTRIES), end, provider };
}

test('a member reads no results, no predictions, and no document of another', async () => {
  const room = await rooms.open();
  const [one, other] = [await rooms.member(room), await rooms.member(room)];
  predicts(other, 0.123456);
  sends(other, 1);
  await until(() => other.client.isSent, 'the other has sent');
  for (const name of [
    documentNames.results(room.code),
    documentNames.member(room.code, other.member),
    documentNames.member(room.code, 'nobody-at-all'),
    `${room.code}/`,
    `${room.code}/member/../plan`,
    'anything',
  ]) {
    const asked = ask(room, name, one.token);
    await until(() => asked.state.refused || asked.state.closed, name);
    expect(asked.entries.size).toBe(0);
    asked.end();
  }
  await until(() => one.client.board.counts.done === 1, 'the board is there');
  const board = ask(room, documentNames.board(room.code), one.token);
  await until(() => board.state.synced, 'the board');
  const seen = JSON.stringify([...board.entries.entries()]);
  expect(seen).not.toContain('0.123456');
  expect(seen).not.toContain(other.member);
  board.end();
});

test('a member writes neither the plan nor the board: the class is not ended, moved on or revealed by it', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const member = await rooms.member(room);
  teacher.set({ phase: 'predict' });
  await until(() => member.client.plan.phase === 'predict', 'the plan is there');
  for (const name of [documentNames.plan(room.code), documentNames.board(room.code)]) {
    const asked = ask(room, name, member.token);
    await until(() => asked.state.synced, name);
    expect(asked.state.scope).toBe('readonly');
    asked.entries.set('ended', true);
    asked.entries.set('phase', 'discuss');
    asked.entries.set('revealed/scaling-laws', true);
    asked.entries.set('counts', '{"here":999}');
    asked.end();
  }
  // What comes after it on the same server shows that it was passed over.
  teacher.set({ hidesNames: true });
  await until(() => member.client.plan.hidesNames, 'a later change');
  expect(member.client.plan).toMatchObject({ phase: 'predict', ended: false });
  expect(member.client.plan.revealed.size).toBe(0);
  expect(teacher.board.counts.here).not.toBe(999);
});

test('tokens are signed: none of another class, another member or another store opens anything', async () => {
  const [room, secret] = [await rooms.open(), newSecret()];
  const { member, token } = await rooms.member(room);
  const forged = [
    memberToken(secret, room.code, member),
    teacherToken(secret, room.code),
    `m.${member}.${'A'.repeat(32)}`,
    token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    `t.${token.slice(2)}`,
    't.',
    '',
    'x'.repeat(10_000),
  ];
  for (const each of forged) {
    const asked = ask(room, documentNames.plan(room.code), each);
    await until(() => asked.state.refused, `refused: ${each.slice(0, 40)}`);
    asked.end();
  }
  expect(roleOf(secret, 'BCDFGH', memberToken(secret, 'BCDFGJ', member))).toBeUndefined();
});

test('a flood is cut off, and the class goes on', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const [good, bad] = [await rooms.member(room), await rooms.member(room)];
  await until(() => good.client.isReady && bad.client.isReady, 'both are in');
  for (let i = 0; i < 2_000; i++) bad.client.say('name', `name ${i}`);
  await until(() => bad.client.connection === 'lost', 'it is cut off');
  sends(good, 1);
  await until(() => good.client.isSent && teacher.results.results.length === 1, 'the other is heard');
});

test('nothing is too large: neither a message, an entry, a document nor the number of members', async () => {
  const room = await rooms.open({ mostMembers: 3 });
  const token = await rooms.member(room);
  const name = documentNames.member(room.code, token.member);
  const sizes: [string, (entries: Y.Map<unknown>) => void][] = [
    ['a message', (entries) => entries.set('name', 'x'.repeat(MOST_MESSAGE_BYTES + 1))],
    ['an entry', (entries) => entries.set('name', 'x'.repeat(10_000))],
    ['a key', (entries) => entries.set('k'.repeat(200), 1)],
    ['something else in it', (entries) => entries.set('name', new Y.Array())],
    ['another part of the document', (entries) => entries.doc!.getArray('more').push([1])],
  ];
  for (const [what, write] of sizes) {
    const asked = ask(room, name, token.token);
    await until(() => asked.state.synced, 'in');
    write(asked.entries);
    await until(() => asked.state.closed > 0, what);
    asked.end();
  }
  // Little by little, too.
  const asked = ask(room, name, token.token);
  await until(() => asked.state.synced, 'in');
  for (let i = 0; i < 40 && asked.state.closed === 0; i++) {
    asked.entries.set(`key ${i}`, 'x'.repeat(8_000));
    await until(() => asked.state.closed > 0 || !asked.provider.hasUnsyncedChanges, 'one more');
  }
  expect(asked.state.closed).toBeGreaterThan(0);
  asked.end();
  const kept = await room.store.load(name);
  expect(kept!.length).toBeLessThan(MOST_MEMBER_BYTES + MOST_MESSAGE_BYTES);

  await Promise.all(
    [rooms.member(room), rooms.member(room)].map(async (each) => {
      const { client } = await each;
      await until(() => client.isReady, 'in');
    }),
  );
  await expect(rooms.member(room)).rejects.toThrow('full');
});

test('what a member says of itself passes the gate of share links, or is not there', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const [bad, good] = [await rooms.member(room), await rooms.member(room)];
  const wire = (changes: object): string =>
    JSON.stringify({ ...toWire(planted(1, { member: bad.member })), ...changes });
  const markup = '<img src=x onerror=alert(1)>\u202e\u0000';
  bad.client.say('name', markup);
  bad.client.say('trains', 'everything');
  for (const [i, entry] of [
    wire({ m: good.member }),
    wire({ n: { measured: '1' } }),
    wire({ n: { measured: null } }),
    wire({ k: 'a\u0007b' }),
    wire({ extra: 1 }),
    '{"v":1',
    '['.repeat(4_000),
    7,
    true,
  ].entries()) {
    bad.client.say('result/scaling-laws', entry);
    bad.client.say('said/scaling-laws', entry);
    bad.client.say('order', i);
    await until(() => bad.client.isSent, 'it is kept');
  }
  bad.client.say('result/no-such-lesson', wire({ l: 'no-such-lesson' }));
  bad.client.say('result/__proto__', wire({ l: '__proto__' }));
  sends(good, 2);
  await until(() => good.client.isSent && teacher.results.results.length > 0, 'the good one is there');
  await until(() => teacher.results.rows.length === 2, 'both are listed');
  expect(teacher.results.results.map(({ member }) => member)).toEqual([good.member]);
  const row = teacher.results.rows.find(({ id }) => id === bad.member)!;
  // Text to be shown as text: the page's templates make no markup of it.
  expect(row.name).toBe('<img src=x onerror=alert');
  expect([row.trains, row.done, row.predicted]).toEqual([undefined, false, false]);
});

test('bytes that are no message close the socket and nothing else', async () => {
  const room = await rooms.open();
  const good = await rooms.member(room);
  await until(() => good.client.isReady, 'in');
  for (const bytes of [
    [],
    [255, 255, 255, 255, 255],
    [1, 2, 3],
    Array.from({ length: 3_000 }, (_, i) => i % 251),
  ]) {
    const socket = new WebSocket(`ws://${room.address}/room`);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(Uint8Array.from(bytes));
    socket.send('a text');
    await new Promise((resolve) => socket.once('close', resolve));
  }
  sends(good, 1);
  await until(() => good.client.isSent, 'the class goes on');
});

test('codes cannot be guessed: few tries, and many codes', async () => {
  const room = await rooms.open();
  const other = Array.from(room.code, (sign) => CODE_SIGNS[(CODE_SIGNS.indexOf(sign) + 1) % 27]).join('');
  const statuses: number[] = [];
  for (let i = 0; i < WRONG_CODES.burst + 5; i++) {
    const answer = await fetch(`http://${room.address}/room/join`, {
      method: 'POST',
      body: JSON.stringify({ code: other }),
    });
    statuses.push(answer.status);
  }
  expect(statuses[0]).toBe(404);
  expect(statuses.slice(-3)).toEqual([429, 429, 429]);
  // Now not even the right one is told.
  await expect(rooms.member(room)).rejects.toThrow('wait');
  expect(CODE_SIGNS.length ** room.code.length).toBeGreaterThan(3e8);
  expect(codeIn(` ${room.code.slice(0, 3)}·${room.code.slice(3).toLowerCase()} `)).toBe(room.code);
});

test('a page of another site cannot join or open a socket for its visitor', async () => {
  const room = await rooms.open();
  const headers = { origin: 'https://elsewhere.example' };
  const answer = await fetch(`http://${room.address}/room/join`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ code: room.code }),
  });
  expect(answer.status).toBe(405);
  const socket = new WebSocket(`ws://${room.address}/room`, { headers });
  await new Promise((resolve) => socket.once('error', resolve));
  expect(socket.readyState).not.toBe(WebSocket.OPEN);
});

test('a bucket lets through so many at once, and so many a second', () => {
  let now = 0;
  const bucket = new Bucket({ burst: 3, perSecond: 2 }, () => now);
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
  now = 500;
  expect([1, 2].map(() => bucket.take())).toEqual([true, false]);
});
