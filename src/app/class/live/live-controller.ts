/** Draws its element anew when something of a live class changes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LiveClient } from '../../../class/live-client.ts';

export class LiveController implements ReactiveController {
  client: LiveClient | undefined;
  private unwatch: (() => void) | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly changed: () => void = () => undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.follow(this.client);
  }

  hostDisconnected(): void {
    this.unwatch?.();
  }

  follow(client: LiveClient | undefined): void {
    this.unwatch?.();
    this.client = client;
    this.unwatch = client?.watch(() => {
      this.changed();
      this.host.requestUpdate();
    });
    this.host.requestUpdate();
  }
}
