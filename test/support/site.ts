/** The whole site as `npm run build` makes it, served as public/_headers says. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { built, BUILDING_MS } from './built.ts';
import { listen, portOf, sendFile } from './serve.ts';

export interface Site {
  /** shared by all tests: only to be read */
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
  let folder = '';
  let server: Server;
  let address = '';

  beforeAll(async () => {
    folder = await built('site');
    const headers = headersIn(readFileSync(join(folder, '_headers'), 'utf8'));
    server = createServer((request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (instead(new URL(request.url!, 'http://here').pathname, response, request)) return;
      sendFile(folder, request, response);
    });
    await listen(server);
    address = `http://127.0.0.1:${portOf(server)}/`;
  }, BUILDING_MS);
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  return {
    get folder() {
      return folder;
    },
    get address() {
      return address;
    },
  };
}
