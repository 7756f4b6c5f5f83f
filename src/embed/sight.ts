/** Whether an element is near, in sight, and how large: asked of the browser, never polled. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How far outside of the window a figure counts as near. */
const MARGIN = '300px';

interface Listener {
  near(): void;
  seen(): void;
  resized(element: Element): void;
}

export class Sight implements ReactiveController {
  near = false;

  private visible = false;
  private nearness: IntersectionObserver | undefined;
  private visibility: IntersectionObserver | undefined;
  private resizing: ResizeObserver | undefined;
  private watched: Element | null = null;
  private readonly onTab = (): void => this.listener.seen();

  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly listener: Listener,
  ) {
    host.addController(this);
  }

  /** In the window of a tab that is in front. */
  get seen(): boolean {
    return this.visible && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.nearness = new IntersectionObserver(
      (entries) => {
        this.near = entries.at(-1)!.isIntersecting;
        if (this.near) this.listener.near();
      },
      { rootMargin: MARGIN },
    );
    this.visibility = new IntersectionObserver((entries) => {
      // After a move within the page it may be out of sight.
      this.visible = entries.at(-1)!.isIntersecting;
      this.listener.seen();
    });
    this.resizing = new ResizeObserver((entries) => this.listener.resized(entries.at(-1)!.target));
    this.nearness.observe(this.host);
    this.visibility.observe(this.host);
    if (this.watched) this.resizing.observe(this.watched);
    document.addEventListener('visibilitychange', this.onTab);
  }

  hostDisconnected(): void {
    this.nearness?.disconnect();
    this.visibility?.disconnect();
    this.resizing?.disconnect();
    document.removeEventListener('visibilitychange', this.onTab);
    this.near = this.visible = false;
  }

  /** The element whose size counts. */
  watch(element: Element | null): void {
    if (element === this.watched) return;
    if (this.watched) this.resizing?.unobserve(this.watched);
    this.watched = element;
    if (element) this.resizing?.observe(element);
  }
}
