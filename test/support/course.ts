/** A course that keeps what a package tells it, by scorm-again, as a platform would have it around a lesson. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';
import { listen, portOf } from './serve.ts';

/** What the course has of its learners, by their ids, as CMI. */
export interface Cmi {
  suspend_data: string;
  core: {
    lesson_status: string;
    score: { raw: string };
    exit: string;
    session_time: string;
    total_time: string;
  };
  objectives: Record<string, { id: string; status: string; score: { raw: string } }>;
  interactions: Record<string, { id: string; type: string; student_response: string; result: string }>;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};
const RUN_TIME = 'node_modules/scorm-again/dist/esm/scorm12.min.js';

/** The page of the course: the run-time first, then the lesson. */
const page = (learner: string): string => `<!doctype html>
<html lang="en"><head><title>A course</title><link rel="icon" href="data:,"></head><body>
<script type="module">
  import { Scorm12API } from '/run-time.js';
  const api = new Scorm12API({ autocommit: false, logLevel: 4 });
  const kept = await (await fetch('/kept?learner=${learner}')).json();
  api.loadFromJSON(kept ?? { cmi: {} });
  api.cmi.core.student_id = '${learner}';
  const keep = () => navigator.sendBeacon('/kept?learner=${learner}', JSON.stringify(api.renderCMIToJSONObject()));
  api.on('LMSCommit', keep);
  api.on('LMSFinish', keep);
  window.API = api;
  const frame = document.createElement('iframe');
  frame.title = 'lesson';
  frame.style.cssText = 'width: 1200px; height: 820px; border: 0';
  frame.src = '/package/index.html?id=7';
  document.body.append(frame);
</script></body></html>`;

export interface CourseTest {
  address(learner: string): string;
  kept(learner: string): Cmi | undefined;
}

/** Call at the top of a test file. @param files of the package, once it is unpacked */
export function useCourse(files: () => Record<string, Uint8Array>): CourseTest {
  const kept = new Map<string, { cmi: Cmi }>();
  let server: Server;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://here');
      const learner = searchParams.get('learner') ?? '';
      const send = (type: string, body: string | Uint8Array): void =>
        void response.writeHead(200, { 'content-type': type }).end(body);
      if (pathname === '/') send(TYPES['.html']!, page(learner));
      else if (pathname === '/run-time.js') send(TYPES['.js']!, readFileSync(RUN_TIME));
      else if (pathname === '/kept' && request.method === 'POST') {
        void text(request).then((said) => {
          kept.set(learner, JSON.parse(said) as { cmi: Cmi });
          response.writeHead(204).end();
        });
      } else if (pathname === '/kept') send('application/json', JSON.stringify(kept.get(learner) ?? null));
      else {
        const name = pathname.replace('/package/', '');
        const file = files()[name];
        if (file) send(TYPES[extname(name)] ?? 'text/plain', file);
        else response.writeHead(404).end();
      }
    });
    await listen(server);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  return {
    address: (learner) => `http://127.0.0.1:${portOf(server)}/?learner=${learner}`,
    kept: (learner) => kept.get(learner)?.cmi,
  };
}
