/**
 * Drawing in step with the screen: at most once per frame, or about once a second where motion is unwelcome. Of several
 * things to draw each has a frame of its own, so that none makes the page wait for all.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Asked for at first use: there may be no window at import. */
let reduced: MediaQueryList | undefined;

/** Least time between two drawings of something that moves, ms. */
export function drawingInterval(): number {
  reduced ??= matchMedia('(prefers-reduced-motion: reduce)');
  return reduced.matches ? 1000 : 0;
}

/** The frame that has something to draw already, by its time. */
let taken = -Infinity;

export class FrameDrawing implements ReactiveController {
  private frame = 0;
  private timer = 0;
  private last = -Infinity;

  constructor(
    host: ReactiveControllerHost,
    private readonly draw: () => void,
  ) {
    host.addController(this);
  }

  /** Asks for a drawing; `atOnce` for what the user did, as opposed to what training did. */
  request(atOnce = false): void {
    if (this.frame) return;
    const wait = atOnce ? 0 : this.last + drawingInterval() - performance.now();
    if (wait <= 0) {
      clearTimeout(this.timer);
      this.timer = 0;
      this.frame = requestAnimationFrame((time) => this.onFrame(time));
    } else if (!this.timer) {
      this.timer = window.setTimeout(() => {
        this.timer = 0;
        this.request(true);
      }, wait);
    }
  }

  private onFrame(time: number): void {
    if (time === taken) {
      this.frame = requestAnimationFrame((next) => this.onFrame(next));
      return;
    }
    taken = time;
    this.frame = 0;
    this.last = performance.now();
    this.draw();
  }

  hostConnected(): void {
    this.request(true);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = 0;
    this.timer = 0;
  }
}
