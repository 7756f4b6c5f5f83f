/** `open`: the lab in a browser on this machine, with what is in files of the lab. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { keptRunsOf } from '../files/kept.ts';
import { runsText } from '../files/formats.ts';
import { OPENED } from '../files/opened.ts';
import type { KeptRun } from '../findings/kept-run.ts';
import { findLesson } from '../lessons/index.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { bareName, readLab } from './report/read.ts';
import { siteOf } from './site.ts';
import { stopSignal } from './stopping.ts';

export const OPEN_USAGE = 'open FILE.json … [--port N] [--no-browser] [--site FOLDER]';

export async function open(argv: string[]): Promise<number> {
  const options = {
    port: { type: 'string' },
    site: { type: 'string' },
    'no-browser': { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = readArguments(argv, options, ['FILE.json …']);
  const port = values.port === undefined ? 0 : wholeNumber('port', values.port, 0, 65_535);
  const runs = positionals.flatMap((file) => keptRunsOf(readLab(file), bareName(file)));
  const text = runsText(runs);
  const files = sirv(siteOf(values.site));
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== `/${OPENED}`) {
      files(request, response);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Of this machine alone: what is opened is nobody else's.
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = `http://localhost:${(server.address() as AddressInfo).port}/#/${pageOf(runs)}?open`;
  console.log(`${address}\nCtrl-C ends it; what was opened is kept in the browser.`);
  if (!values['no-browser']) browse(address);
  const signal = stopSignal();
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  server.closeAllConnections();
  server.close();
  return 0;
}

/** The page on which the first of them is shown. */
const pageOf = ([first]: readonly KeptRun[]): string =>
  first && findLesson(first.lesson) ? `lesson/${first.lesson}` : 'sandbox';

/** What opens an address, by platform. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, [program: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Where no browser can be started, as over ssh, the address has been said. */
function browse(address: string): void {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
