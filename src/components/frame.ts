/**
 * Draws in step with the screen: at most once per frame, or about once a second where the visitor wants less motion. Each
 * of several canvases gets a frame of its own, so that no single frame draws them all.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Made at first use, since the module may be imported where there is no window. */
let reduced: MediaQueryList | undefined;

/** Least time between two drawings of something that moves, ms. */
export function drawingInterval(): number {
  reduced ??= matchMedia('(prefers-reduced-motion: reduce)');
  return reduced.matches ? 1000 : 0;
}

/** Time of the last frame that was given to a canvas. */
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

  /** Asks for a drawing. @param atOnce in the next frame: after something that the user, and not training, has done */
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
