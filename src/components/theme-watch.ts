/** Tells a component when the page's colours or type size have changed, so that it can redraw its canvas. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'];

export class ThemeWatch implements ReactiveController {
  private readonly queries = QUERIES.map((query) => matchMedia(query));
  private readonly observer = new MutationObserver(() => this.changed());

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly changed: () => void,
  ) {
    host.addController(this);
    host.addEventListener('transitionrun', ({ target }) => target === host && changed());
  }

  hostConnected(): void {
    // A colour with a transition raises an event whatever has changed it: an attribute of any element, or a style sheet.
    this.host.style.transition = 'color 1ms';
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
