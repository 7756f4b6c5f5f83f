/** Keeps in sight what is looked at in a lesson: the experiment beside the text, and the verdict when it comes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Gives the style sheet the height of the experiment, so that one higher than the window scrolls to its end before it sticks. */
export class BenchHeight implements ReactiveController {
  private observed: Element | null = null;
  private readonly observer = new ResizeObserver(([entry]) => {
    const height = Math.round(entry!.borderBoxSize[0]!.blockSize);
    this.host.style.setProperty('--bench-height', `${height}px`);
  });

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
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

/** Of the verdict at least so much is seen, px. */
const LEAST_SEEN = 120;

/** When a verdict comes while the reader watches the run, it comes in sight: below the chart, where that sticks to the window. */
export class VerdictSight implements ReactiveController {
  private was = false;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostUpdated(): void {
    const verdict = this.host.querySelector('.verdict');
    const came = verdict !== null && !this.was;
    this.was = verdict !== null;
    if (!came || !isSeen(this.host.querySelector('lab-plan-bar'))) return;
    // The chart has its height when it is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => this.show(verdict)));
  }

  private show(verdict: Element): void {
    const chart = this.host.querySelector('lab-chart');
    const sticks = chart && getComputedStyle(chart).position === 'sticky';
    const above = sticks ? chart.offsetHeight : 0;
    const { top } = verdict.getBoundingClientRect();
    if (top < above || top > innerHeight - LEAST_SEEN)
      scrollBy({ top: top - above - 8, behavior: 'instant' });
  }
}

function isSeen(element: Element | null): boolean {
  const { top, bottom, height } = element?.getBoundingClientRect() ?? new DOMRect();
  return height > 0 && bottom > 0 && top < innerHeight;
}
