/** Many hands at the room's counter: who is given which cell, how long it is theirs, and what becomes of results. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { HandsClient } from '../../src/class/hands.ts';
import type { LiveClient } from '../../src/class/live-client.ts';
import { HandsDoor } from '../../src/room/hands-door.ts';
import { HAND_REQUESTS } from '../../src/room/limits.ts';
import { type Member, type OpenRoom, until, useRooms } from '../support/room.ts';

const rooms = useRooms();
/** Longer than any of these tests. */
const LONG = 100;

const counter = ({ address, code }: OpenRoom, token: string): HandsClient =>
  new HandsClient(`http://${address}/`, code, token);

async function shared(): Promise<{ room: OpenRoom; teacher: LiveClient; hands: () => Promise<Hand> }> {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  await until(() => teacher.isReady, 'the teacher is in');
  teacher.set({ work: 'many-hands', phase: 'run', lesson: 'mirage', seed: 5 });
  await until(() => teacher.board.hands?.runs === 3, 'the board knows the experiment');
  const hands = async (): Promise<Hand> => {
    const member = await rooms.member(room);
    return { ...member, at: counter(room, member.token) };
  };
  return { room, teacher, hands };
}

type Hand = Member & { at: HandsClient };

async function cellOf({ at }: Hand, slow = false): Promise<string> {
  const taken = await at.take(slow, LONG);
  return 'cell' in taken ? taken.cell.items[0]!.key : taken.idle;
}

const EXPERIMENT = 'mirage/small/5';

test('each cell is one hand’s; the slow ones are given the small ones, and results are known by their run', async () => {
  const { teacher, hands } = await shared();
  const [one, two, three, four] = [await hands(), await hands(), await hands(), await hands()];
  expect(await cellOf(one)).toBe('small');
  // Asked again, it has what it has.
  expect(await cellOf(one)).toBe('small');
  expect(await cellOf(two, true)).toBe('middle');
  expect(await cellOf(three, true)).toBe('large');
  expect(await cellOf(four)).toBe('held');
  await until(() => teacher.board.hands?.hands === 3, 'the board counts hands');

  expect(await one.at.hold('cell small 5', 0.5, LONG)).toBe(true);
  expect(await four.at.hold('cell small 5', 0.5, LONG)).toBe(false);
  expect((await one.at.list()).runs[0]).toEqual({ key: 'small', state: 'held', share: 0.5 });
  expect(await one.at.give(EXPERIMENT, 'small', { loss: 1 })).toBe('first');
  // An answer that was lost is asked for again.
  expect(await one.at.give(EXPERIMENT, 'small', { loss: 1 })).toBe('known');
  expect(await one.at.hold('cell small 5', 1, LONG)).toBe(false);
  await until(() => teacher.board.hands?.done === 1, 'the board counts runs');
  expect(await two.at.read(EXPERIMENT, 'small')).toEqual({ loss: 1 });
  await expect(two.at.read(EXPERIMENT, 'large')).rejects.toMatchObject({ problem: 'not-now' });

  // A page that is closed drops what it had.
  await three.at.drop('cell large 5');
  expect(await cellOf(four)).toBe('large');
});

test('a hand that is silent loses its cell, and its result later confirms the other, or differs', async () => {
  const { hands } = await shared();
  const [slow, quick] = [await hands(), await hands()];
  const taken = await slow.at.take(false, 1);
  expect(taken).toMatchObject({ cell: { id: 'cell small 5', done: [] } });
  await until(async () => {
    // A hand that asks without a pause is made to wait.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return quick.at.hold('cell small 5', 0, LONG);
  }, 'the lease has ended');
  expect(await slow.at.hold('cell small 5', 0.5, LONG)).toBe(false);
  expect(await quick.at.give(EXPERIMENT, 'small', { loss: 1 })).toBe('first');
  expect(await slow.at.give(EXPERIMENT, 'small', { loss: 1 })).toBe('confirms');
  expect((await slow.at.list()).runs[0]).toEqual({ key: 'small', state: 'done', confirmed: 1 });

  const third = await hands();
  expect(await cellOf(third)).toBe('large');
  await third.at.give(EXPERIMENT, 'large', { loss: 2 });
  // Nobody gives what was never theirs.
  await expect(slow.at.give(EXPERIMENT, 'large', { loss: 3 })).rejects.toMatchObject({
    problem: 'not-yours',
  });
  await expect(slow.at.give('mirage/small/6', 'large', {})).rejects.toMatchObject({ problem: 'not-now' });
});

test('who is taken out takes its results along, and the cells are handed out again', async () => {
  const { teacher, hands } = await shared();
  const [bad, good] = [await hands(), await hands()];
  await cellOf(bad);
  await bad.at.give(EXPERIMENT, 'small', { loss: -7 });
  await until(() => teacher.board.hands?.done === 1, 'it is there');
  teacher.set({ [`removed/${bad.member}`]: true });
  await until(() => teacher.board.hands?.done === 0, 'it is gone');
  expect(await cellOf(good)).toBe('small');
  await expect(bad.at.take(false, LONG)).rejects.toMatchObject({ problem: 'not-yours' });
});

test('nothing is handed out before its time, after its end, or to strangers', async () => {
  const { room, teacher, hands } = await shared();
  const hand = await hands();
  teacher.set({ phase: 'lobby' });
  await until(async () => (await cellOf(hand)) === 'not-now', 'nothing is handed out');
  teacher.set({ phase: 'run', work: 'own-seed' });
  await until(() => teacher.board.hands === undefined, 'nothing is shared');
  expect(await cellOf(hand)).toBe('not-now');
  const stranger = counter(room, 'm.abcdefgh.00000000000000000000000000000000');
  await expect(stranger.take(false, LONG)).rejects.toMatchObject({ problem: 'not-yours' });
  // Whoever leads looks, and trains nothing.
  const leading = counter(room, room.teacherToken);
  expect(await leading.list()).toEqual({ experiment: '', runs: [] });
  await expect(leading.take(false, LONG)).rejects.toMatchObject({ problem: 'not-yours' });
  teacher.set({ ended: true });
  await until(async () => (await cellOf(hand)) === 'over', 'the class has ended');
});

test('what is asked is bounded, and refused in words', async () => {
  const { hands } = await shared();
  const { at } = await hands();
  await expect(at.take(false, 1e9)).rejects.toMatchObject({ problem: 'refused' });
  await expect(at.hold('x'.repeat(10_000), 0, LONG)).rejects.toMatchObject({ problem: 'refused' });
  await expect(at.give(EXPERIMENT, 'small', 'x'.repeat(5_000_000))).rejects.toMatchObject({
    problem: 'refused',
  });
});

test('who asks without a pause is made to wait', async () => {
  const { room, code, teacherToken, store } = await rooms.open();
  const door = new HandsDoor(room, await store.secret(''));
  const ask = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${teacherToken}` };
    const request = Object.assign(Readable.from([Buffer.from('{}')]), { method: 'POST', headers });
    return (await door.answer(request as unknown as IncomingMessage, `/room/hands/${code}`)).status;
  };
  const said: number[] = [];
  for (let i = 0; i < 2 * HAND_REQUESTS.burst; i++) said.push(await ask());
  expect(said.slice(0, HAND_REQUESTS.burst)).not.toContain(429);
  expect(said).toContain(429);
});

test('cells outlast the server: their holders keep them, and results are still there', async () => {
  const file = `${rooms.folder()}/class.sqlite`;
  const first = await rooms.open({ file });
  const teacher = rooms.teacher(first);
  await until(() => teacher.isReady, 'the teacher is in');
  teacher.set({ work: 'many-hands', phase: 'run', lesson: 'mirage', seed: 5 });
  const { token } = await rooms.member(first);
  const before = counter(first, token);
  await until(async () => 'cell' in (await before.take(false, LONG)), 'a cell');
  await before.give(EXPERIMENT, 'small', { loss: 1 });
  await before.take(false, LONG);
  await until(() => teacher.isSent, 'the plan is kept');
  teacher.close();
  await first.stop();

  const second = await rooms.open({ file });
  const after = counter(second, token);
  expect((await after.list()).runs.map(({ state }) => state)).toEqual(['done', 'held', 'free']);
  expect(await after.hold('cell large 5', 0.9, LONG)).toBe(true);
  expect(await after.read(EXPERIMENT, 'small')).toEqual({ loss: 1 });
});
