/** What a server hands on to the one that holds a class: the messages of a socket, and what is asked over HTTP. */
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Answer } from './body.ts';
import type { ClassHolder } from './store.ts';

/** What is handed on is not handed on again. */
const FORWARDED = 'x-room-forwarded';
const HEADERS = { [FORWARDED]: '1' };
/** A server that is reached, but halted or busy, answers so late at most. */
const MOST_ANSWER_MS = 30_000;
const MOST_HANDSHAKE_MS = 10_000;
/** One that is not reached is tried again for longer than it may hold a class. */
const MOST_WAIT_MS = 12_000;
const AGAIN_MS = 300;
/** Codes that a close frame may not carry: the other end was cut off. */
const CUT_OFF = [1005, 1006, 1015];

/**
 * Does something at the server that holds a class. One that has died holds it until its lease has ended: so long it is asked again.
 * @returns nothing where this server holds it, or there is no such class. @throws Error
 */
export async function elsewhere<T>(
  { headers }: IncomingMessage,
  where: () => Promise<ClassHolder | undefined>,
  does: (address: string) => Promise<T>,
): Promise<T | undefined> {
  const begun = performance.now();
  for (;;) {
    const holder = await where();
    if (!holder || holder.isHere) return undefined;
    if (headers[FORWARDED] !== undefined) throw new Error('another server holds the class');
    try {
      return await does(holder.address);
    } catch (error) {
      if (performance.now() - begun > MOST_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** @param address of the server that holds the class. @throws Error where it does not answer */
export async function forwardRequest(
  address: string,
  { url = '/', headers }: IncomingMessage,
  body: string,
): Promise<Answer> {
  const { authorization } = headers;
  const answer = await fetch(new URL(url, address), {
    method: 'POST',
    headers: { ...HEADERS, ...(authorization !== undefined && { authorization }) },
    body,
    signal: AbortSignal.timeout(MOST_ANSWER_MS),
  });
  return { status: answer.status, body: await answer.text() };
}

/** @returns what takes a message of the socket, once the other server is there. @throws Error where it is not */
export async function forwardSocket(
  address: string,
  path: string,
  socket: WebSocket,
): Promise<(message: Uint8Array) => void> {
  const onward = new WebSocket(new URL(path, address.replace(/^http/, 'ws')), {
    headers: HEADERS,
    handshakeTimeout: MOST_HANDSHAKE_MS,
    perMessageDeflate: false,
  });
  await new Promise((resolve, reject) => {
    onward.once('open', resolve);
    onward.once('error', reject);
  });
  onward.on('error', () => undefined);
  onward.on('message', (data, binary) => socket.send(data, { binary }));
  onward.on('close', (code, reason) => {
    if (CUT_OFF.includes(code)) socket.terminate();
    else socket.close(code, reason);
  });
  socket.on('close', () => onward.terminate());
  if (socket.readyState !== WebSocket.OPEN) onward.terminate();
  return (message) => onward.send(message);
}
