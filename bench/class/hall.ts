/**
 * A lecture hall: members come in, then all send a result of its real size at once, `RESULTS` times. Of two servers the one that
 * holds the class is then killed (-9) while all send once more.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { shownCode } from '../../src/class/live.ts';
import { median, quantile } from '../../src/class/pooled.ts';
import { Balancer } from '../../test/support/balancer.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { freePort } from '../../test/support/serve.ts';
import { processorSeconds } from '../processor-time.ts';
import { clientOf, PROGRAMS, startMembers, until, wireOf, ZERO } from './members.ts';
import { serve, type Served, siteIn } from './server.ts';

const RESULTS = 3;

export async function hall(members: number, servers: 1 | 2): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-class-'));
  const children: ChildProcess[] = [];
  const postgres = servers === 2 ? await startPostgres() : undefined;
  let balancer: Balancer | undefined;
  let teacher: ReturnType<typeof clientOf> | undefined;
  try {
    const site = siteIn(folder);
    const store = postgres?.address ?? join(folder, 'class.sqlite');
    const ports = [await freePort(), ...(servers === 2 ? [await freePort()] : [])];
    const served: Served[] = [];
    for (const port of ports) served.push(await serve(site, store, port, members, children));
    balancer = servers === 2 ? await Balancer.before(ports) : undefined;
    const address = balancer?.address ?? `127.0.0.1:${ports[0]!}`;
    const { code, key } = served[0]!;
    const projector = (teacher = clientOf(address, code, key));
    await until(() => projector.isReady, 'the teacher is in');
    projector.set({ phase: 'run', lesson: 'scaling-laws' });

    const begun = performance.now();
    const said = new Map<string, number>();
    const sent = new Map<string, number>();
    let inside = 0;
    let again = 0;
    const parts = startMembers(members, address, code, (told) => {
      if (told.kind === 'in') {
        inside++;
        again += told.again;
      } else (told.kind === 'said' ? said : sent).set(`${told.member} ${told.number}`, told.at);
    });
    children.push(...parts);
    await until(() => inside === PROGRAMS, 'all are in');
    const joined = (performance.now() - begun) / 1000;
    const seen = new Map<string, number>();
    projector.watch(() => {
      const now = Date.now();
      for (const { member, at } of projector.results.results) {
        const name = `${member} ${at - ZERO}`;
        if (!seen.has(name)) seen.set(name, now);
      }
    });
    const of = (number: number): [string, number][] =>
      [...said].filter(([name]) => name.endsWith(` ${number}`));
    const allSend = async (number: number): Promise<number[]> => {
      for (const part of parts) part.send(number);
      await until(
        () => of(number).length === members && of(number).every(([name]) => seen.has(name)),
        'all are on the projector',
      );
      return of(number).map(([name, at]) => (seen.get(name)! - at) / 1000);
    };

    const busy = (): number[] => served.map(({ pid }) => processorSeconds(pid) ?? NaN);
    const [busyBefore, sentBegun] = [busy(), performance.now()];
    const delays: number[] = [];
    for (let number = 1; number <= RESULTS; number++) delays.push(...(await allSend(number)));
    const took = (performance.now() - sentBegun) / 1000;
    const used = busy().map((seconds, i) => seconds - busyBefore[i]!);
    const peaks = served.map(
      ({ pid }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    );
    const perResult = (1000 * used.reduce((sum, each) => sum + each, 0)) / delays.length;
    console.log(
      `${servers === 2 ? 'Two servers over PostgreSQL: ' : ''}${members} members of class ${shownCode(code)}, ${cpus().length} cores: in after ${joined.toFixed(1)} s (with ${PROGRAMS} programs starting${again ? `; ${again} times somebody was told that the room does not answer, and tried again` : ''}); ` +
        `${delays.length} results of ${wireOf('member-000', 1).length} B on the projector after ` +
        `${median(delays).toFixed(2)} s in the median, ${quantile(delays, 0.95).toFixed(2)} s at the 95th percentile; ${servers === 2 ? 'the servers' : 'the server'} held at most ${peaks.map((peak) => peak.toFixed(0)).join(' and ')} MB, and took ${used.map((each) => each.toFixed(1)).join(' and ')} s of a processor in ${took.toFixed(1)} s (${perResult.toFixed(2)} ms a result)`,
    );
    if (!postgres) return;

    const holder = await holderOf(postgres.address, code);
    const dying = served[ports.findIndex((port) => holder.includes(`:${port}/`))]!;
    const last = RESULTS + 1;
    let killed = NaN;
    let toldBefore = 0;
    setTimeout(() => {
      toldBefore = [...sent.keys()].filter((name) => name.endsWith(` ${last}`)).length;
      dying.child.kill('SIGKILL');
      killed = Date.now();
    }, 500);
    const afterwards = await allSend(last);
    await until(() => of(last).every(([name]) => sent.has(name)), 'all are told that it is sent');
    const resumed = Math.min(
      ...of(last)
        .map(([name]) => sent.get(name)!)
        .filter((at) => at > killed + 100),
    );
    console.log(
      `The one that held the class killed (-9) while all sent, ${toldBefore} of them told "sent": all ${afterwards.length} results on the projector, and all told, nobody joined again; ` +
        `the first told by the other server ${((resumed - killed) / 1000).toFixed(1)} s after the kill, the last result on the projector ${((Math.max(...of(last).map(([name]) => seen.get(name)!)) - killed) / 1000).toFixed(1)} s after it`,
    );
  } finally {
    teacher?.close();
    balancer?.close();
    for (const child of children) child.kill('SIGKILL');
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The address of the server that holds a class. */
async function holderOf(database: string, code: string): Promise<string> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const { rows } = await client.query<{ address: string }>('SELECT address FROM classes WHERE code = $1', [
    code,
  ]);
  await client.end();
  return rows[0]!.address;
}
