import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** When a redrawing takes away what has the focus, such as a button that has done its work, another place gets it. */
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
