/** Replays the recorded run. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { drawingInterval } from '../../components/index.ts';

/** How long a replay takes, ms. */
const DURATION = 8000;

export class ReplayControl implements ReactiveController {
  /** of the whole, 0 … 1; undefined while nothing is replayed */
  share: number | undefined;
  playing = false;
  private frame = 0;
  private last = 0;

  /** @param ended is called when the replay has reached its end */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly ended: () => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.pause();
  }

  play(): void {
    if (this.share === undefined || this.share >= 1) this.share = 0;
    this.playing = true;
    this.last = performance.now();
    this.next();
    this.host.requestUpdate();
  }

  pause(): void {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.host.requestUpdate();
  }

  /** Goes to a moment; at the end the answer is there. */
  seek(share: number): void {
    this.share = Math.min(1, Math.max(0, share));
    this.host.requestUpdate();
    if (this.share === 1) {
      this.pause();
      this.ended();
    }
  }

  stop(): void {
    this.pause();
    this.share = undefined;
  }

  private next(): void {
    this.frame = requestAnimationFrame((time) => {
      if (!this.playing) return;
      const passed = time - this.last;
      if (passed >= drawingInterval()) {
        this.last = time;
        this.seek(this.share! + Math.max(0, passed) / DURATION);
      }
      if (this.share !== 1) this.next();
    });
  }
}
