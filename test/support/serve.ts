/** Servers of built files on this machine, for pages in tests. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** On any free port of this machine. */
export async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A port that was free a moment ago, for a program that is told its port. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server);
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Answers with what lies in a folder. @param base what the folder is in the address */
export function sendFile(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  base = '/',
): void {
  const path = normalize(new URL(request.url!, 'http://here').pathname);
  try {
    if (!path.startsWith(base)) throw new Error('elsewhere');
    const name = path.slice(base.length).replace(/(^|\/)$/, '$1index.html');
    const content = readFileSync(join(folder, name));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}
