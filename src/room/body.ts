/** What comes with a request, and what is answered. */
import type { IncomingMessage } from 'node:http';

export interface Answer {
  status: number;
  /** JSON */
  body: string;
}

export class TooLongError extends Error {
  override name = 'TooLongError';
}

/** @param most bytes @throws TooLongError */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > most) throw new TooLongError(`has more than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
