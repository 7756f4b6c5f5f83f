/** The whole site as `npm run build` makes it, served as public/_headers says. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildSite } from './build.ts';
import { listen, portOf, sendFile } from './serve.ts';

export interface Site {
  readonly folder: string;
  /** with a slash at its end */
  readonly address: string;
}

/** What a host does in the place of sending a file; false where it sends it. */
export type Instead = (path: string, response: ServerResponse, request: IncomingMessage) => boolean;

/** The headers of a file in the format of Netlify and Cloudflare Pages, for all paths. */
export function headersIn(text: string): Record<string, string> {
  const [paths, ...lines] = text.trimEnd().split('\n');
  if (paths !== '/*') throw new Error(`headers for ${paths} are not read here`);
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
      if (!name || !value) throw new Error(`no header: ${line}`);
      return [name.toLowerCase(), value];
    }),
  );
}

/** Call at the top of a test file. */
export function useSite(instead: Instead = () => false): Site {
  const folder = mkdtempSync(join(tmpdir(), 'scaling-lab-site-'));
  let server: Server;
  let address = '';

  beforeAll(async () => {
    await buildSite(folder);
    const headers = headersIn(readFileSync(join(folder, '_headers'), 'utf8'));
    server = createServer((request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (instead(new URL(request.url!, 'http://here').pathname, response, request)) return;
      sendFile(folder, request, response);
    });
    await listen(server);
    address = `http://127.0.0.1:${portOf(server)}/`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  return {
    folder,
    get address() {
      return address;
    },
  };
}
