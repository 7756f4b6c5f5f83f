/** A room as a program that can be killed: `node` runs it with a file, a port and a site's folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { LAB } from './lab.ts';

export interface RoomProcess {
  code: string;
  key: string;
  /** at once, in the middle of whatever it does */
  kill(): Promise<void>;
  /** it does nothing, as a machine that is too busy, until it goes on */
  halt(): void;
  goOn(): void;
}

export async function startRoom(
  site: string,
  store: string,
  port: number,
  more: string[] = [],
): Promise<RoomProcess> {
  const child = spawn(
    process.execPath,
    [LAB, 'class', '--site', site, '--store', store, '--port', String(port), '--host', '127.0.0.1', ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [code, key] = await linesOf(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    code,
    key,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    halt: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
  };
}

/** What it says when it is open. */
async function linesOf(child: ChildProcess): Promise<[code: string, key: string]> {
  for await (const line of createInterface(child.stdout!)) {
    const [, code, key] = /projector\?code=(\w+)&key=(\S+)/.exec(line) ?? [];
    if (code !== undefined) {
      child.stdout!.resume();
      return [code, key!];
    }
  }
  throw new Error('the room did not open');
}
