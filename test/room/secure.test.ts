/** A room that serves https by itself: the lab, the door and the sockets. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { LiveClient } from '../../src/class/live-client.ts';
import { useCommands } from '../support/commands.ts';
import { LESSONS, SITE, siteIn, until, useRooms } from '../support/room.ts';
import { freePort } from '../support/serve.ts';

const rooms = useRooms();
const commands = useCommands();

/** A certificate that this machine signs for itself. */
function certificateIn(folder: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const of = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...of, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
    { stdio: 'pipe' },
  );
  return { cert, key };
}

const ask = (url: string, ca: Buffer, body?: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { ca, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode!, text }));
    });
    asked.on('error', reject).end(body);
  });

test('with a certificate and its key the lab, the door and the sockets are https', async () => {
  const folder = rooms.folder();
  const { cert, key } = certificateIn(folder);
  const site = siteIn(folder);
  const port = await freePort();
  const server = await commands.startRoom(site, join(folder, 'class.sqlite'), port, [
    '--cert',
    cert,
    '--key',
    key,
  ]);
  try {
    const ca = readFileSync(cert);
    expect(await ask(`https://127.0.0.1:${port}/`, ca)).toEqual({ status: 200, text: SITE });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    const joined = await ask(
      `https://127.0.0.1:${port}/room/join`,
      ca,
      JSON.stringify({ code: server.code }),
    );
    const { member, token } = JSON.parse(joined.text) as { member: string; token: string };
    class SecureSocket extends WebSocket {
      constructor(url: string) {
        super(url, { ca });
        this.on('error', () => undefined);
      }
    }
    const of = { url: `wss://127.0.0.1:${port}/room`, code: server.code, lessons: LESSONS.names };
    const client = new LiveClient({ ...of, token, member, WebSocket: SecureSocket });
    const teacher = new LiveClient({ ...of, token: server.key, WebSocket: SecureSocket });
    client.say('name', 'Ada');
    await until(() => client.isSent, 'it is sent');
    await until(() => teacher.results.rows[0]?.name === 'Ada', 'the teacher sees it');
    client.close();
    teacher.close();
  } finally {
    await server.kill();
  }
});

test('one without the other, or a file that is not there, is refused in words', () => {
  const begin = (...args: string[]): string =>
    execFileSync(process.execPath, [commands.lab, 'class', ...args], { encoding: 'utf8', stdio: 'pipe' });
  expect(() => begin('--cert', 'cert.pem')).toThrow(/--cert, --key: one needs the other/);
  expect(() => begin('--cert', 'nosuch.pem', '--key', 'nosuch.pem')).toThrow(
    /--cert: "nosuch.pem" cannot be read/,
  );
});
