/** A class through its room: what the teacher sets, what members send, and what each of them sees. */
import { expect, test } from 'vitest';
import { predicts, sends, until, useRooms } from '../support/room.ts';

const rooms = useRooms();

test('members come in, predict and send; the teacher sees who, and what only when it was revealed', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const members = [await rooms.member(room), await rooms.member(room), await rooms.member(room)];
  const [first] = members;
  first!.client.say('name', '  Ada\u202e  Lovelace ');
  first!.client.say('trains', 'cpu');
  await until(() => teacher.results.rows.find(({ id }) => id === first!.member)?.name, 'a name');
  await until(() => teacher.board.counts.here === 3, 'three are there');
  expect(teacher.results.rows.find(({ id }) => id === first!.member)).toMatchObject({
    name: 'Ada Lovelace',
    here: true,
    trains: 'cpu',
    predicted: false,
  });

  teacher.set({ phase: 'predict', lesson: 'scaling-laws', size: 'small' });
  await until(() => first!.client.plan.phase === 'predict', 'members follow');
  for (const [i, member] of members.entries()) predicts(member, 0.4 + 0.1 * i);
  await until(() => first!.client.board.counts.predicted === 3, 'all have predicted');
  expect(JSON.stringify(teacher.results)).not.toContain('level');

  teacher.set({ phase: 'run' });
  for (const [i, member] of members.entries()) sends(member, i);
  await until(() => members.every(({ client }) => client.isSent), 'all are sent');
  await until(() => teacher.results.results.length === 3, 'all are on the projector');
  for (const result of teacher.results.results) {
    expect(result.prediction).toBeUndefined();
    expect(result.before).toBeUndefined();
    expect(result.curve?.x).toHaveLength(3);
  }
  expect(first!.client.board.summary).toBeUndefined();

  teacher.set({ phase: 'discuss', 'revealed/scaling-laws': true });
  await until(() => teacher.results.results.every(({ prediction }) => prediction), 'predictions are shown');
  await until(() => first!.client.board.summary, 'members see what all found');
  const { summary } = first!.client.board;
  expect([summary!.of, summary!.verdicts.holds, summary!.curve.x.length]).toEqual([3, 3, 3]);
  expect(summary!.off).toBeCloseTo(0.071, 6);
});

test('who comes late is where the class is; whose page is closed is not there, and counts', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const early = await rooms.member(room);
  sends(early);
  teacher.set({ phase: 'run', lesson: 'scaling-laws' });
  await until(() => early.client.isSent && teacher.isSent, 'it is sent');
  early.client.close();
  const late = await rooms.member(room);
  await until(() => late.client.isReady && late.client.board.counts.members === 2, 'the board is there');
  expect(late.client.plan).toMatchObject({ phase: 'run', lesson: 'scaling-laws' });
  await until(() => late.client.board.counts.here === 1, 'one has gone');
  expect(late.client.board.counts.done).toBe(1);

  // The same browser opens its page again.
  const again = rooms.client(room, early.token, early.member);
  await until(() => again.isReady && again.said('result/scaling-laws'), 'its own document is there');
  await until(() => late.client.board.counts.here === 2, 'it is back');
});

test('another device leads with the same key, beside the first and after it', async () => {
  const room = await rooms.open();
  const first = rooms.teacher(room);
  const member = await rooms.member(room);
  first.set({ phase: 'predict', lesson: 'mirage' });
  const second = rooms.teacher(room);
  await until(() => second.isReady && second.plan.phase === 'predict', 'it is where the class is');
  second.set({ phase: 'run' });
  await until(() => first.plan.phase === 'run' && member.client.plan.phase === 'run', 'all follow it');
  await until(() => second.isSent, 'it is sent');
  first.close();
  sends(member, 0, { lesson: 'mirage' });
  await until(() => second.results.results.length === 1, 'it sees what comes');
  second.set({ phase: 'discuss', 'revealed/mirage': true });
  await until(() => member.client.board.summary?.of === 1, 'and shows it');
  expect(member.client.plan).toMatchObject({ phase: 'discuss', lesson: 'mirage' });
});

test('the teacher renames and removes; who was removed is out, and its results with it', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const [one, other] = [await rooms.member(room), await rooms.member(room)];
  sends(one, 1);
  sends(other, 2);
  await until(() => teacher.results.results.length === 2, 'both are there');
  teacher.set({ [`name/${one.member}`]: 'Somebody', [`removed/${other.member}`]: true });
  await until(() => other.client.connection === 'removed', 'it is out');
  await until(() => teacher.results.results.length === 1, 'its result is gone');
  expect(teacher.results.rows).toMatchObject([{ id: one.member, name: 'Somebody' }]);
  // It does not come in again with its token.
  const back = rooms.client(room, other.token, other.member);
  await until(() => back.connection === 'removed', 'it is refused');
  teacher.set({ [`removed/${other.member}`]: null });
  await until(() => teacher.results.results.length === 2, 'a mistake is taken back');
});

test('a class that has ended lets nobody in, and its data goes when it is old', async () => {
  const room = await rooms.open();
  const teacher = rooms.teacher(room);
  const member = await rooms.member(room);
  sends(member);
  await until(() => member.client.isSent, 'it is sent');
  teacher.set({ ended: true });
  await until(() => member.client.plan.ended && teacher.isSent, 'all know');
  await until(async () => (await room.store.classes())[0]?.ended, 'it is kept as ended');
  expect(await room.store.documents(room.code)).toHaveLength(2);
  expect(await room.store.forget(Date.now() - 1_000_000)).toBe(0);
  expect(await room.store.forget(Date.now() + 1)).toBe(1);
  expect(await room.store.documents(room.code)).toEqual([]);
});

test('one port serves the lab, and a short link to the class', async () => {
  const room = await rooms.open();
  const page = await fetch(`http://${room.address}/`);
  expect(await page.text()).toContain('the lab');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const link = await fetch(`http://${room.address}/c/${room.code.toLowerCase()}`, { redirect: 'manual' });
  expect(link.headers.get('location')).toBe(`../#/room?code=${room.code}`);
});
