/** A socket for programs. */
import { WebSocket } from 'ws';

/** Closed before it was open, ws says an error that nobody hears any more, which would end the program. */
export class NodeSocket extends WebSocket {
  constructor(address: string) {
    super(address);
    this.on('error', () => undefined);
  }
}
