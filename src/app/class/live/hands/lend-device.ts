import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LendingState } from '../../../../class/lending.ts';
import { PageElement } from '../../../../components/element.ts';
import type { Lab } from '../../../../worker/protocol.ts';
import { counter } from './counter.ts';
import { handsWords as words } from './hands-words.ts';
import { LentDevice } from './lent-device.ts';

/** One for the page: it goes on while others of the lab's pages are shown. */
let lent: LentDevice | undefined;
const watchers = new Set<() => void>();

/** Lends this device to the class, and says how that goes. It begins by itself and may be stopped. */
export class LendDevice extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;

  private readonly redraw = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    watchers.add(this.redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    watchers.delete(this.redraw);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (lent) return;
    lent = new LentDevice(this.lab, counter(), () => {
      for (const watcher of watchers) watcher();
    });
    lent.begin();
  }

  protected override render(): TemplateResult {
    const { isLent, state, done, problem } = lent!;
    return html`<section class="card lending" data-lent=${isLent} aria-live="polite">
      <p class="lede">${isLent ? words.lends : words.lendsNot}</p>
      ${state ? html`<p>${said(state)}</p>` : nothing}
      ${
        state?.kind === 'training'
          ? html`<progress max="1" value=${state.share} aria-label=${words.lends}></progress>`
          : nothing
      }
      ${done > 0 ? html`<p data-done=${done}>${words.gave(done)}</p>` : nothing}
      ${problem ? html`<p class="notice" data-kind="bad" role="alert" lang="en">${problem}</p>` : nothing}
      <p class="row">
        <button
          class=${isLent ? 'quiet' : 'pill'}
          type="button"
          @click=${() => (isLent ? lent!.stop() : lent!.begin())}
        >
          ${isLent ? words.stop : words.lend}
        </button>
      </p>
      <p class="hint">${words.mayLeave}</p>
    </section>`;
  }
}

/** The class does something else, or this browser has left it. */
export function takeBack(): void {
  lent?.stop();
  lent = undefined;
}

function said(state: LendingState): string {
  switch (state.kind) {
    case 'idle':
      return words.idle(state.why);
    case 'training':
      return words.trains(state.cell.items.map(({ key }) => key).join(', '), Math.floor(100 * state.share));
    case 'lost':
      return words.lost;
    case 'offline':
      return words.offline;
    case 'given':
      return '';
  }
}
