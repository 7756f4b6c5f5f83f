/** A lesson by many hands to its verdict: two machines train the runs of its plan, and what is judged is what one alone found. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { HandsClient } from '../../src/class/hands.ts';
import type { Recording } from '../../src/findings/recording.ts';
import { findLesson } from '../../src/lessons/index.ts';
import { judge } from '../../src/lessons/judge.ts';
import type { Results } from '../../src/lessons/lesson.ts';
import { useCommands } from '../support/commands.ts';
import { siteIn, until, useRooms } from '../support/room.ts';
import type { RoomProcess } from '../support/room-server.ts';
import { freePort } from '../support/serve.ts';

const LESSON = 'overtraining';
/** The same experiment as one machine has done it alone (test/support/class/runs.ts). */
const alone = (
  JSON.parse(readFileSync(new URL('../fixtures/class/runs.json', import.meta.url), 'utf8')) as Recording[]
).find(({ lesson, seed }) => lesson === LESSON && seed === 1)!;

const rooms = useRooms();
const commands = useCommands();

const machines: ChildProcess[] = [];
let server: RoomProcess | undefined;
afterEach(async () => {
  for (const machine of machines) machine.kill('SIGKILL');
  await server?.kill();
});

test('two machines do the lesson together, and its verdict and numbers are those of one that did it alone', async () => {
  const folder = rooms.folder();
  const site = siteIn(folder);
  const port = await freePort();
  server = await commands.startRoom(site, join(folder, 'class.sqlite'), port);
  const { code, key } = server;
  const address = `http://127.0.0.1:${port}/`;
  const teacher = rooms.teacher({ address: `127.0.0.1:${port}`, code, teacherToken: key });
  await until(() => teacher.isReady, 'the teacher is in');
  teacher.set({ lesson: LESSON, size: 'small', seed: 1, work: 'many-hands', phase: 'run' });
  await until(() => teacher.isSent, 'it is told');
  for (let i = 0; i < 2; i++) {
    const args = [commands.lab, 'join', address, code, '--device', 'cpu', '--cores', '1'];
    machines.push(spawn(process.execPath, args, { stdio: 'ignore' }));
  }

  const counter = new HandsClient(address, code, key);
  let told = await counter.list();
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    told = await counter.list();
    return told.runs.length > 1 && told.runs.every(({ state }) => state === 'done');
  }, 'all is done');
  const runs = new Map<string, unknown>();
  for (const { key } of told.runs) runs.set(key, await counter.read(told.experiment, key));
  const { verdict } = judge(findLesson(LESSON)!, { runs, benchmarks: new Map() } as Results, 'small');
  expect(verdict.outcome).toBe(alone.findings.verdict.outcome);
  expect(Object.keys(verdict.numbers)).toEqual(Object.keys(alone.findings.verdict.numbers));
  for (const [name, number] of Object.entries(alone.findings.verdict.numbers))
    expect(Number(verdict.numbers[name]!.toPrecision(5)), name).toBe(number);
}, 1_200_000);
