/**
 * A lecture hall on this machine: `npm run bench:class -- [--members 1000]`. Members come in, then all send a result of its real
 * size at once; how soon they are in, how soon a result is on the projector, and what the server holds. Sockets go to this
 * machine alone, each member sends `RESULTS` results, and all of it ends by itself.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { toWire } from '../src/class/codec.ts';
import { join } from '../src/class/join.ts';
import { LiveClient } from '../src/class/live-client.ts';
import { MEMBER_KEYS, shownCode } from '../src/class/live.ts';
import { median, quantile } from '../src/class/pooled.ts';
import type { MemberResult } from '../src/class/result.ts';
import { freePort } from '../test/support/serve.ts';
import { NodeSocket } from '../src/room/node-socket.ts';
import { processorSeconds } from './processor-time.ts';

const RESULTS = 3;
const PROCESSES = 4;
const MOST_WAIT_MS = 180_000;
const LESSONS = ['scaling-laws'];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => unknown, what: string): Promise<void> {
  const begun = performance.now();
  while (!condition()) {
    await pause(5);
    if (performance.now() - begun > MOST_WAIT_MS) throw new Error(`never: ${what}`);
  }
}

/** A result with as many points and numbers as lessons give. */
function resultOf(member: string, at: number): MemberResult {
  const x = Array.from({ length: 24 }, (_, i) => Number((1000 * 1.3 ** i).toPrecision(4)));
  return {
    lesson: 'scaling-laws',
    size: 'small',
    seed: 11,
    member,
    at,
    device: 'a device with a long name, as they have',
    digest: '0123456789abcdef0123456789abcdef',
    outcome: 'holds',
    numbers: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`number${i}`, 0.12345 + i])),
    prediction: { kind: 'level', points: [[0, 0.5]] },
    before: 1,
    after: 3,
    curve: { x, y: x.map((value) => Number((10 / value ** 0.2).toPrecision(4))) },
    place: 65_856,
  };
}

export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      members: { type: 'string', default: '1000' },
      port: { type: 'string' },
      code: { type: 'string' },
    },
    allowPositionals: true,
  });
  const members = Number(values.members);
  if (positionals[0] === 'members') await beMembers(members, `127.0.0.1:${values.port}`, values.code!);
  else await measure(members);
  return 0;
}

/** A part of the class, in a process of its own. */
async function beMembers(count: number, address: string, code: string): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const { member, token } = await join(`http://${address}/room/join`, code);
      const url = `ws://${address}/room`;
      return {
        member,
        client: new LiveClient({ url, code, token, member, lessons: LESSONS, WebSocket: NodeSocket }),
      };
    }),
  );
  await until(() => clients.every(({ client }) => client.isReady), 'all are in');
  process.send!({ kind: 'in' });
  process.on('message', (number: number) => {
    for (const { client, member } of clients) {
      // Nobody presses in the same millisecond as all others.
      setTimeout(() => {
        const result = resultOf(member, 1_790_000_000 + number);
        client.say(MEMBER_KEYS.result + result.lesson, JSON.stringify(toWire(result)));
        process.send!({ kind: 'said', member, number, at: Date.now() });
      }, Math.random() * 1000);
    }
  });
  await new Promise((resolve) => process.once('disconnect', resolve));
}

async function measure(members: number): Promise<void> {
  const folder = mkdtempSync(path(tmpdir(), 'bench-class-'));
  const children: ChildProcess[] = [];
  try {
    const port = await freePort();
    const server = await serve(folder, port, members, children);
    const address = `127.0.0.1:${port}`;
    const teacher = new LiveClient({
      url: `ws://${address}/room`,
      code: server.code,
      token: server.key,
      lessons: LESSONS,
      WebSocket: NodeSocket,
    });
    await until(() => teacher.isReady, 'the teacher is in');
    teacher.set({ phase: 'run', lesson: 'scaling-laws' });
    const begun = performance.now();
    const parts = Array.from({ length: PROCESSES }, () => {
      const args = [
        'class',
        'members',
        '--members',
        String(members / PROCESSES),
        '--port',
        String(port),
        '--code',
        server.code,
      ];
      const child = fork('bench/start.mjs', args);
      children.push(child);
      return child;
    });
    const said = new Map<string, number>();
    let inside = 0;
    for (const part of parts)
      part.on('message', (message: { kind: string; member: string; number: number; at: number }) => {
        if (message.kind === 'in') inside++;
        else said.set(`${message.member} ${message.number}`, message.at);
      });
    await until(() => inside === PROCESSES, 'all are in');
    const joined = (performance.now() - begun) / 1000;
    const seen = new Map<string, number>();
    teacher.watch(() => {
      const now = Date.now();
      for (const { member, at } of teacher.results.results) {
        const key = `${member} ${at - 1_790_000_000}`;
        if (!seen.has(key)) seen.set(key, now);
      }
    });
    const [busyBefore, sentBegun] = [processorSeconds(server.pid) ?? NaN, performance.now()];
    for (let number = 1; number <= RESULTS; number++) {
      for (const part of parts) part.send(number);
      await until(
        () =>
          said.size === number * members &&
          [...said.keys()].filter((key) => key.endsWith(` ${number}`)).every((key) => seen.has(key)),
        'all are on the projector',
      );
    }
    const busy = (processorSeconds(server.pid) ?? NaN) - busyBefore;
    const took = (performance.now() - sentBegun) / 1000;
    const delays = [...said].map(([key, at]) => (seen.get(key)! - at) / 1000);
    const peak =
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
    console.log(
      `${members} members of class ${shownCode(server.code)}, ${cpus().length} cores: in after ${joined.toFixed(1)} s (with ${PROCESSES} programs starting); ` +
        `${delays.length} results of ${JSON.stringify(toWire(resultOf('member-000', 1_790_000_000))).length} B on the projector after ` +
        `${median(delays).toFixed(2)} s in the median, ${quantile(delays, 0.95).toFixed(2)} s at the 95th percentile; the server held at most ${peak.toFixed(0)} MB, and took ${busy.toFixed(1)} s of a processor in ${took.toFixed(1)} s (${((1000 * busy) / delays.length).toFixed(2)} ms a result)`,
    );
    teacher.close();
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function serve(folder: string, port: number, members: number, children: ChildProcess[]) {
  await build({
    configFile: 'vite.package.config.ts',
    mode: 'cli',
    logLevel: 'error',
    build: { outDir: '.cache/bench-class', emptyOutDir: true },
  });
  const site = path(folder, 'site');
  mkdirSync(site);
  writeFileSync(path(site, 'index.html'), '');
  writeFileSync(path(site, '_headers'), '');
  const args = [
    'class',
    '--site',
    site,
    '--store',
    path(folder, 'class.sqlite'),
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
    '--max-members',
    String(members),
  ];
  const child = spawn(process.execPath, ['.cache/bench-class/scaling-lab.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface(child.stdout)) {
    const [, code, key] = /projector\?code=(\w+)&key=(\S+)/.exec(line) ?? [];
    if (code !== undefined) return { code, key: key!, pid: child.pid! };
  }
  throw new Error('the room did not open');
}
