/** The package's own command line, built for the benchmark, serving a class. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';

const FOLDER = '.cache/bench-class';

export interface Served {
  code: string;
  key: string;
  child: ChildProcess;
  pid: number;
}

export const buildCommand = (): Promise<unknown> =>
  build({
    configFile: 'vite.package.config.ts',
    mode: 'cli',
    logLevel: 'error',
    build: { outDir: FOLDER, emptyOutDir: true },
  });

/** As little of a built lab as a server needs. */
export function siteIn(folder: string): string {
  const site = join(folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'index.html'), '');
  writeFileSync(join(site, '_headers'), '');
  return site;
}

export async function serve(
  site: string,
  store: string,
  port: number,
  members: number,
  children: ChildProcess[],
): Promise<Served> {
  const options = { site, store, port, host: '127.0.0.1', 'max-members': members };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [join(FOLDER, 'scaling-lab.mjs'), 'class', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface(child.stdout)) {
    const [, code, key] = /projector\?code=(\w+)&key=(\S+)/.exec(line) ?? [];
    if (code !== undefined) return { code, key: key!, child, pid: child.pid! };
  }
  throw new Error('the room did not open');
}
