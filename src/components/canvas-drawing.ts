import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FrameDrawing } from './frame.ts';
import { ThemeWatch } from './theme-watch.ts';

/** Draws the canvas of an element: when that is asked for, when the element's size changes, and when the theme does. */
export class CanvasDrawing implements ReactiveController {
  private readonly drawing: FrameDrawing;
  private readonly resizing = new ResizeObserver(() => this.request(true));

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    draw: () => void,
  ) {
    this.drawing = new FrameDrawing(host, draw);
    new ThemeWatch(host, () => this.request(true));
    host.addController(this);
  }

  hostConnected(): void {
    this.resizing.observe(this.host);
  }

  hostDisconnected(): void {
    this.resizing.disconnect();
  }

  /** @param atOnce in the next frame: after something that the user, and not training, has done */
  request(atOnce = false): void {
    this.drawing.request(atOnce);
  }
}
