/** Tells a component when the page's colours or type size have changed, so that it can redraw its canvas. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'];

export class ThemeWatch implements ReactiveController {
  private readonly queries = QUERIES.map((query) => matchMedia(query));
  private readonly observer = new MutationObserver(() => this.changed());

  constructor(
    host: ReactiveControllerHost,
    private readonly changed: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.queries.forEach((query) => query.addEventListener('change', this.changed));
    this.observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-projector', 'class', 'style'],
    });
  }

  hostDisconnected(): void {
    this.queries.forEach((query) => query.removeEventListener('change', this.changed));
    this.observer.disconnect();
  }
}
