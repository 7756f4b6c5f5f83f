import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** When an update removes the element that has the focus, such as a button that was pressed, another element gets the focus. */
export class FocusKeeper implements ReactiveController {
  private held = false;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly otherwise: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    this.held = this.host.contains(document.activeElement);
  }

  hostUpdated(): void {
    if (this.held && !this.host.contains(document.activeElement)) this.otherwise()?.focus();
  }
}
