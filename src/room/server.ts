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
import { WebSocketServer, type WebSocket } from 'ws';
import { codeIn } from '../class/live.ts';
import { readJSON } from '../json.ts';
import { newMembership, readName, roleOf } from './access.ts';
import { bodyOf } from './body.ts';
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

export class RoomServer {
  readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  private readonly wrong = new Buckets(WRONG_CODES);
  private readonly allWrong = new Bucket(ALL_WRONG_CODES);
  private readonly hands: HandsDoor;
  private readonly site: (request: IncomingMessage, response: ServerResponse) => void;

  constructor(private readonly options: ServerOptions) {
    const { tls, site, room, secret } = options;
    this.hands = new HandsDoor(room, secret);
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

  private open(socket: WebSocket, request: IncomingMessage): void {
    const connection = this.options.room.hocuspocus.handleConnection(
      socket,
      new Request(`http://room${request.url ?? ''}`),
    );
    const messages = new Bucket(MESSAGES);
    socket.on('message', (data, isBinary) => {
      const bytes = new Uint8Array(data as Buffer);
      if (!isBinary || !isMessage(bytes)) socket.close(1008, 'no-message');
      else if (!messages.take()) socket.close(1008, 'too-fast');
      else connection.handleMessage(bytes);
    });
    socket.on('close', (code, reason) => connection.handleClose({ code, reason: reason.toString() }));
    // The close that follows says all.
    socket.on('error', () => undefined);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = pathOf(request);
    if (path === JOIN_PATH) {
      this.join(request).then(
        ([status, answer]) => sendJSON(response, status, answer),
        () => sendJSON(response, 400, { problem: 'bad' }),
      );
      return;
    }
    if (isAtCounter(path) && this.isOwnPage(request)) {
      void this.hands.answer(request, path).then(({ status, body }) => sendText(response, status, body));
      return;
    }
    if (path === STATUS_PATH) {
      sendJSON(response, 200, { room: true });
      return;
    }
    const [, code] = SHORT_LINK.exec(path) ?? [];
    if (code !== undefined) {
      response.writeHead(302, { location: `../#/room?code=${codeIn(decodeURIComponent(code)) ?? ''}` }).end();
      return;
    }
    this.site(request, response);
  }

  /** Who knows a code is given a member's token; who still has one keeps it. */
  private async join(request: IncomingMessage): Promise<[status: number, answer: unknown]> {
    if (request.method !== 'POST' || !this.isOwnPage(request)) return [405, { problem: 'bad' }];
    const { room, secret } = this.options;
    const said = readJSON(await bodyOf(request, MOST_BODY_BYTES), 'body', {
      characters: MOST_BODY_BYTES,
    }) as {
      code?: unknown;
      token?: unknown;
    } | null;
    const code = typeof said?.code === 'string' ? codeIn(said.code) : undefined;
    const token = typeof said?.token === 'string' ? said.token : '';
    const who = code === undefined ? undefined : roleOf(secret, code, token);
    if (code !== undefined && who?.role === 'member' && (await room.find(code))) {
      return [200, { code, member: who.member, token }];
    }
    const wrong = this.wrong.of(this.addressOf(request));
    if (!wrong.isOpen || !this.allWrong.isOpen) return [429, { problem: 'wait' }];
    if (code === undefined || !(await room.find(code))) {
      wrong.take();
      this.allWrong.take();
      return [404, { problem: 'no-class' }];
    }
    if (!(await room.hasRoom(code))) return [409, { problem: 'full' }];
    return [200, { code, ...newMembership(secret, code) }];
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

/** Whether it begins with the name of a document of a class, as all that is handed on does. */
function isMessage(bytes: Uint8Array): boolean {
  try {
    return readName(readVarString(createDecoder(bytes))) !== undefined;
  } catch {
    return false;
  }
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0]!;

const sendJSON = (response: ServerResponse, status: number, answer: unknown): void =>
  sendText(response, status, JSON.stringify(answer));

/** @param text JSON */
function sendText(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(text);
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
