/**
 * Keeps pictures of a model up to date while it trains: one request at a time, none queued, and with pauses
 * longer than the answers take, so that pictures hardly hold up the training.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { drawingInterval } from '../../components/index.ts';
import type { View, ViewRequest } from '../../worker/protocol.ts';

/** The pause after a picture, as a multiple of the time that the picture took. */
const PATIENCE = 3;

export interface Feed {
  /** least time between two pictures, ms */
  every: number;
  /** what to ask for now, or nothing */
  request: () => ViewRequest | undefined;
  apply: (view: View) => void;
}

export class ViewFeed implements ReactiveController {
  /** what each picture was last asked for, and when */
  private readonly shown = new Map<Feed, { state: string; asked: string; at: number }>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private restUntil = 0;
  private connected = false;
  /** Asks for what was left out while the page was in the background. */
  private readonly onVisibility = (): void => this.hostUpdated();

  /**
   * @param read asks for a picture; nothing where the run is gone
   * @param state changes whenever the pictures do: the run and its step
   */
  constructor(
    host: ReactiveControllerHost,
    private readonly feeds: readonly Feed[],
    private readonly read: (request: ViewRequest) => Promise<View | undefined>,
    private readonly state: () => string | undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.connected = true;
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  hostDisconnected(): void {
    this.connected = false;
    document.removeEventListener('visibilitychange', this.onVisibility);
    clearTimeout(this.timer);
  }

  /** Looks at each update of the page whether a picture is due. */
  hostUpdated(): void {
    if (!this.busy) this.plan(0);
  }

  private plan(wait: number): void {
    clearTimeout(this.timer);
    if (this.connected) this.timer = setTimeout(() => void this.refresh(), wait);
  }

  private async refresh(): Promise<void> {
    if (this.busy || document.hidden) return;
    const state = this.state();
    if (state === undefined) return;
    const now = performance.now();
    let wait = Infinity;
    for (const feed of this.feeds) {
      const request = feed.request();
      if (!request) continue;
      const asked = JSON.stringify(request);
      const last = this.shown.get(feed);
      if (last?.state === state && last.asked === asked) continue;
      // Training waits its turn; what the visitor chose does not.
      const pause = Math.max(feed.every, drawingInterval());
      const due = last?.asked === asked ? Math.max(last.at + pause, this.restUntil) : now;
      if (due > now) {
        wait = Math.min(wait, due - now);
        continue;
      }
      this.shown.set(feed, { state, asked, at: now });
      await this.show(feed, request);
      return;
    }
    if (wait < Infinity) this.plan(wait);
  }

  private async show(feed: Feed, request: ViewRequest): Promise<void> {
    this.busy = true;
    const start = performance.now();
    try {
      const view = await this.read(request);
      if (view && this.connected) feed.apply(view);
    } catch {
      // A run that was closed or has failed has no picture; its status says so.
    }
    this.busy = false;
    const end = performance.now();
    this.restUntil = end + PATIENCE * (end - start);
    this.plan(0);
  }
}
