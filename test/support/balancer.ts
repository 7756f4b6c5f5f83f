/** What stands before several servers: gives each connection to the next of them, and leaves out those that do not answer. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { listen, portOf } from './serve.ts';

export class Balancer {
  private next = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('connection', (near) => this.give(near, ports.length));
  }

  static async before(ports: readonly number[]): Promise<Balancer> {
    const server = createServer({ pauseOnConnect: true });
    const balancer = new Balancer(server, ports);
    await listen(server);
    return balancer;
  }

  get address(): string {
    return `127.0.0.1:${portOf(this.server)}`;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private give(near: Socket, tries: number): void {
    const far = connect(this.ports[this.next++ % this.ports.length]!, '127.0.0.1');
    let isOpen = false;
    far.once('connect', () => {
      isOpen = true;
      near.pipe(far);
      far.pipe(near);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        if (isOpen || socket === near) other.destroy();
        else if (tries > 1 && !near.destroyed) this.give(near, tries - 1);
        else near.destroy();
      });
    }
  }
}
