/** Machines without a page: `lab join` is another pair of hands, and one that is killed leaves its cell to the others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { HandsClient } from '../../src/class/hands.ts';
import { useCommands } from '../support/commands.ts';
import { siteIn, until, useRooms } from '../support/room.ts';
import { freePort } from '../support/serve.ts';

const rooms = useRooms();
const commands = useCommands();

let ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

/** Runs that take a processor a moment, and one that takes it an hour. */
const sweep = (steps: readonly number[]): string =>
  JSON.stringify({
    name: 'Tiny ones',
    spec: { task: { name: 'shapes' }, model: { kind: 'mlp' }, batch: 256, evaluate: { every: 10_000 } },
    axes: [{ steps, 'model.hidden': steps.map((count) => (count > 1_000 ? [256, 256] : [4])) }],
  });

interface Hand {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

function hand(...args: string[]): Hand {
  const child = spawn(process.execPath, [commands.lab, 'join', ...args, '--device', 'cpu', '--cores', '1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  ends.push(() => child.kill('SIGKILL'));
  return { child, said: () => said, ended };
}

test('one is killed in the middle: the others do all that is left, and each run is done once', async () => {
  const folder = rooms.folder();
  const site = siteIn(folder);
  const port = await freePort();
  const server = await commands.startRoom(site, join(folder, 'class.sqlite'), port);
  ends.push(() => server.kill());
  const { code, key } = server;
  const address = `http://127.0.0.1:${port}/`;
  const teacher = rooms.teacher({ address: `127.0.0.1:${port}`, code, teacherToken: key });
  await until(() => teacher.isReady, 'the teacher is in');
  const counter = new HandsClient(address, code, key);
  const state = async (kind: string): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await counter.list()).runs.filter(({ state }) => state === kind).length;
  };

  // It is given a run that it does not come to the end of.
  teacher.set({ work: 'many-hands', phase: 'run', sweep: sweep([1_000_000]) });
  await until(() => teacher.isSent, 'the sweep is kept');
  const killed = hand(`${address}c/${code}`, code);
  await until(() => killed.said().includes('Waiting'), 'it is in, and is not given so long a run');
  teacher.set({ sweep: sweep([20, 30, 40, 50, 60, 90_000]) });
  await until(async () => (await state('done')) === 5, 'it has done the short ones');
  await until(async () => (await state('held')) === 1, 'it trains the long one');
  killed.child.kill('SIGKILL');
  await killed.ended;
  await until(async () => (await state('free')) === 1, 'what it held is free again');

  // The same runs as before are known; what is new is done by another.
  teacher.set({ sweep: sweep([20, 30, 40, 50, 60, 70, 80]) });
  const other = hand(`127.0.0.1:${port}`.replace(/^/, 'http://'), code.toLowerCase());
  await until(async () => (await state('done')) === 7, 'all is done');
  await until(() => other.said().includes('All is done.'), 'it knows that all is done');
  expect(other.said().match(/is done\.$/gm)?.length).toBe(3);
  const { runs } = await counter.list();
  expect(runs.filter((run) => run.confirmed !== undefined || run.differs !== undefined)).toEqual([]);
  teacher.set({ ended: true });
  expect(await other.ended).toBe(0);
  expect(other.said()).toContain('The class has ended.');
});

test('it says what is wrong with what it was told', async () => {
  const room = await rooms.open();
  const [none, wrong, closed] = [
    hand(`http://${room.address}/`, 'BCDFGH'),
    hand(`http://${room.address}/`, 'hello'),
    hand(`http://127.0.0.1:${await freePort()}/`, room.code),
  ];
  expect(await Promise.all([none.ended, wrong.ended, closed.ended])).toEqual([2, 2, 2]);
  expect(none.said()).toContain('there is no class of this code now');
  expect(wrong.said()).toContain('"hello" is not the code of a class');
  expect(closed.said()).toContain('nobody answers at this address');
});
