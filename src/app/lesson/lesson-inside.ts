/** The inside on a lesson's page: its view is loaded when there is something to see. */
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
    // Without it the lesson is whole, too; the next drawing asks again.
    this.loading ??= this.load().catch(() => (this.loading = undefined));
    // A place as large as what comes: the text below does not move in sight.
    return this.view?.render() ?? html`<div class="card inside" data-waits aria-hidden="true"></div>`;
  }

  /** The chart is read somewhere else, or no longer. @returns where it stands then */
  read(at: number | undefined): number | undefined {
    return this.view ? this.view.read(at) : at;
  }

  private async load(): Promise<void> {
    const { InsideView } = await loadPart(import('../../running/inside-view.ts'));
    this.view = new InsideView(this.host, this.around);
    this.host.requestUpdate();
  }
}
