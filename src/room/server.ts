/** One port: the built lab, the room's sockets, and the door through which members come in. */
import { readFileSync } from 'node:fs';
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import compression from '@polka/compression';
import { createDecoder, readVarString } from 'lib0/decoding';
import sirv from 'sirv';
import { WebSocket, WebSocketServer } from 'ws';
import { codeIn } from '../class/live.ts';
import { readJSON } from '../json.ts';
import { SchemaError } from '../schema.ts';
import { newMembership, readName, roleOf } from './access.ts';
import { type Answer, bodyOf, TooLongError } from './body.ts';
import { elsewhere, forwardRequest, forwardSocket } from './forward.ts';
import { HandsDoor, isAtCounter } from './hands-door.ts';
import {
  ALL_WRONG_CODES,
  Bucket,
  Buckets,
  MESSAGES,
  MOST_BODY_BYTES,
  MOST_MESSAGE_BYTES,
  WRONG_CODES,
} from './limits.ts';
import type { Room } from './room.ts';

export interface ServerOptions {
  room: Room;
  secret: string;
  /** folder of the built lab */
  site: string;
  mostMembers: number;
  tls?: { cert: string; key: string };
  /** under which pages are opened where it is another than the request says */
  publicHost?: string;
  /** a proxy stands before it, whose word on the address counts */
  isBehindProxy?: boolean;
}

/** Where sockets are opened, and where members join. */
export const SOCKET_PATH = '/room';
const JOIN_PATH = '/room/join';
const STATUS_PATH = '/room/status';
const SHORT_LINK = /^\/c\/([\w·%-]{1,24})\/?$/;
/** Beyond those of all members, for teachers and reloads. */
const SPARE_SOCKETS = 200;
/** A socket that says nothing for so long is closed, ms. */
const FIRST_MESSAGE_MS = 30_000;

export class RoomServer {
  readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  private readonly wrong = new Buckets(WRONG_CODES);
  private readonly allWrong = new Bucket(ALL_WRONG_CODES);
  private readonly hands: HandsDoor;
  /** the class of each socket that is taken here */
  private readonly codes = new WeakMap<WebSocket, string>();
  private readonly site: (request: IncomingMessage, response: ServerResponse) => void;

  constructor(private readonly options: ServerOptions) {
    const { tls, site, room, secret } = options;
    this.hands = new HandsDoor(room, secret);
    room.lost = (code) => {
      for (const socket of this.sockets.clients) if (this.codes.get(socket) === code) socket.terminate();
    };
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      this.answer(request, response);
    this.http = tls ? createSecureServer(tls, answer) : createPlainServer(answer);
    this.http.on('upgrade', (request, socket, head) => {
      const { mostMembers } = this.options;
      const isHere = pathOf(request) === SOCKET_PATH && this.isOwnPage(request);
      if (!isHere || this.sockets.clients.size >= 2 * mostMembers + SPARE_SOCKETS) {
        socket.end(
          `HTTP/1.1 ${isHere ? '503 Service Unavailable' : '404 Not Found'}\r\nConnection: close\r\n\r\n`,
        );
        return;
      }
      this.sockets.handleUpgrade(request, socket, head, (opened) => this.open(opened, request));
    });
    const headers = headersOf(join(site, '_headers'));
    const files = sirv(site, {
      etag: true,
      setHeaders: (response) => {
        for (const [name, value] of headers) response.setHeader(name, value);
      },
    });
    const compress = compression();
    this.site = (request, response) => compress(request, response, () => files(request, response));
  }

  /** @returns the port */
  listen(port: number, host?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, host, () => resolve((this.http.address() as AddressInfo).port));
    });
  }

  async close(): Promise<void> {
    await this.options.room.close();
    for (const socket of this.sockets.clients) socket.terminate();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  /** The first message names the class, and so the server that takes all of them. */
  private open(socket: WebSocket, request: IncomingMessage): void {
    const messages = new Bucket(MESSAGES);
    const late = setTimeout(() => socket.close(1008, 'no-message'), FIRST_MESSAGE_MS);
    let taking: Promise<(message: Uint8Array) => void> | undefined;
    socket.on('message', (data, isBinary) => {
      clearTimeout(late);
      const bytes = new Uint8Array(data as Buffer);
      const code = isBinary ? classOf(bytes) : undefined;
      if (code === undefined) socket.close(1008, 'no-message');
      else if (!messages.take()) socket.close(1008, 'too-fast');
      else {
        taking ??= this.take(socket, request, code);
        taking.then(
          (take) => take(bytes),
          () => socket.close(1013, 'try-again'),
        );
      }
    });
    socket.on('close', () => clearTimeout(late));
    // The close that follows says all.
    socket.on('error', () => undefined);
  }

  /** @returns what takes the messages of a socket */
  private async take(
    socket: WebSocket,
    request: IncomingMessage,
    code: string,
  ): Promise<(message: Uint8Array) => void> {
    const { room } = this.options;
    socket.pause();
    try {
      const onward = await elsewhere(
        request,
        () => room.where(code),
        (address) => forwardSocket(address, SOCKET_PATH, socket),
      );
      if (onward) return onward;
      await room.find(code);
      if (socket.readyState !== WebSocket.OPEN) throw new Error('it has gone');
      this.codes.set(socket, code);
      const connection = room.hocuspocus.handleConnection(
        socket,
        new Request(`http://room${request.url ?? ''}`),
      );
      socket.on('close', (code, reason) => connection.handleClose({ code, reason: reason.toString() }));
      return (message) => connection.handleMessage(message);
    } finally {
      socket.resume();
    }
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = pathOf(request);
    if (path === JOIN_PATH) {
      void this.join(request).then((answer) => send(response, answer));
      return;
    }
    if (isAtCounter(path) && this.isOwnPage(request)) {
      void this.hands.answer(request, path).then((answer) => send(response, answer));
      return;
    }
    if (path === STATUS_PATH) {
      send(response, said(200, { room: true }));
      return;
    }
    const [, code] = SHORT_LINK.exec(path) ?? [];
    if (code !== undefined) {
      response.writeHead(302, { location: `../#/room?code=${codeIn(decodeURIComponent(code)) ?? ''}` }).end();
      return;
    }
    this.site(request, response);
  }

  private async join(request: IncomingMessage): Promise<Answer> {
    if (request.method !== 'POST' || !this.isOwnPage(request)) return said(405, { problem: 'bad' });
    try {
      return await this.admit(request, await bodyOf(request, MOST_BODY_BYTES));
    } catch (error) {
      if (error instanceof TooLongError || error instanceof SchemaError) return said(400, { problem: 'bad' });
      console.error(error);
      return said(503, { problem: 'offline' });
    }
  }

  /** Who knows a code is given a member's token; who still has one keeps it. */
  private async admit(request: IncomingMessage, body: string): Promise<Answer> {
    const { room, secret } = this.options;
    const asked = readJSON(body, 'body', { characters: MOST_BODY_BYTES }) as {
      code?: unknown;
      token?: unknown;
    } | null;
    const code = typeof asked?.code === 'string' ? codeIn(asked.code) : undefined;
    const token = typeof asked?.token === 'string' ? asked.token : '';
    const who = code === undefined ? undefined : roleOf(secret, code, token);
    const wrong = this.wrong.of(this.addressOf(request));
    if (who?.role !== 'member' && !(wrong.isOpen && this.allWrong.isOpen))
      return said(429, { problem: 'wait' });
    if (code !== undefined) {
      const answer = await elsewhere(
        request,
        () => room.where(code),
        (address) => forwardRequest(address, request, body),
      );
      if (answer) return answer;
    }
    if (code === undefined || !(await room.find(code))) {
      wrong.take();
      this.allWrong.take();
      return said(404, { problem: 'no-class' });
    }
    if (who?.role === 'member') return said(200, { code, member: who.member, token });
    if (!(await room.hasRoom(code))) return said(409, { problem: 'full' });
    return said(200, { code, ...newMembership(secret, code) });
  }

  /** A page of another site may not speak for its visitor here. Programs send no origin. */
  private isOwnPage({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined) return true;
    const from = URL.canParse(origin) ? new URL(origin).host : undefined;
    return from !== undefined && (from === host || from === this.options.publicHost);
  }

  private addressOf(request: IncomingMessage): string {
    const forwarded = request.headers['x-forwarded-for'];
    const said =
      this.options.isBehindProxy && typeof forwarded === 'string'
        ? forwarded.split(',').at(-1)?.trim()
        : undefined;
    return said ?? request.socket.remoteAddress ?? '';
  }
}

/** All that is handed on begins with the name of a document of a class. @returns its code */
function classOf(bytes: Uint8Array): string | undefined {
  try {
    return readName(readVarString(createDecoder(bytes)))?.code;
  } catch {
    return undefined;
  }
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0]!;

const said = (status: number, answer: unknown): Answer => ({ status, body: JSON.stringify(answer) });

function send(response: ServerResponse, { status, body }: Answer): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}

/** The headers of the built lab, as static hosts read them. */
function headersOf(path: string): [string, string][] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [, name, value] = /^\s+([\w-]+): (.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value!]];
    });
}
