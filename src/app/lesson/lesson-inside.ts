/** The pictures of a network's inside on a lesson's page; their code is loaded when there is something to see. */
import { html, nothing } from 'lit';
import { loadPart } from '../../loading.ts';
import type { InsideHost, InsideView } from '../../running/inside-view.ts';

export class LessonInside {
  private view: InsideView | undefined;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly host: { requestUpdate(): void },
    private readonly around: InsideHost,
  ) {}

  render(): unknown {
    const run = this.around.run();
    if (!this.around.isOpen() && !run?.findings) return nothing;
    // Where it does not load, the next update asks again.
    this.loading ??= this.load().catch(() => (this.loading = undefined));
    // Keeps the room, so that the text below does not jump.
    return this.view?.render() ?? html`<div class="card inside" data-waits aria-hidden="true"></div>`;
  }

  /** The reader points at another place of the chart, or at none. @returns the place that chart and pictures show then */
  read(at: number | undefined): number | undefined {
    return this.view ? this.view.read(at) : at;
  }

  private async load(): Promise<void> {
    const { InsideView } = await loadPart(import('../../running/inside-view.ts'));
    this.view = new InsideView(this.host, this.around);
    this.host.requestUpdate();
  }
}
