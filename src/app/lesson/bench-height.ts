import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { VerdictSight } from './verdict-sight.ts';

/** Gives the style sheet the height of the experiment, so that one higher than the window scrolls to its end before it sticks. */
export class BenchHeight implements ReactiveController {
  private observed: Element | null = null;
  private readonly observer = new ResizeObserver(([entry]) => {
    const height = Math.round(entry!.borderBoxSize[0]!.blockSize);
    this.host.style.setProperty('--bench-height', `${height}px`);
  });

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
    // What comes of it comes in sight.
    new VerdictSight(host);
  }

  hostUpdated(): void {
    const bench = this.host.querySelector('.bench');
    if (!bench || bench === this.observed) return;
    this.observer.disconnect();
    this.observer.observe(bench);
    this.observed = bench;
  }

  hostDisconnected(): void {
    this.observer.disconnect();
    this.observed = null;
  }
}
