import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { MemberRow, Plan } from '../../../../class/live.ts';
import { PageElement } from '../../../../components/element.ts';
import { liveWords as words } from '../live-words.ts';
import type { Action } from './keys.ts';
import type { Leading } from './leading.ts';
import { renderMembers } from './members.ts';

/** The foot of the projector's page: what whoever leads can do, and with which keys. */
export class ProjectorFoot extends PageElement {
  @property({ attribute: false }) plan!: Plan;
  @property({ attribute: false }) rows!: readonly MemberRow[];
  @property({ attribute: false }) leading!: Leading;
  @property({ attribute: false }) do!: (action: Action) => void;

  @state() private isEnding = false;
  @state() private note = '';

  protected override render(): TemplateResult {
    const { plan, rows } = this;
    const quiet = (label: string, act: () => void): TemplateResult =>
      html`<button class="quiet" type="button" @click=${act}>${label}</button>`;
    const ending = (): TemplateResult =>
      this.isEnding
        ? html`<span>${words.reallyEnd}</span> ${quiet(words.end, () => this.leading.over())}
            ${quiet(words.back, () => (this.isEnding = false))}`
        : quiet(words.end, () => (this.isEnding = true));
    return html`<p class="keys">${words.keys}</p>
      <p class="row">
        ${plan.phase === 'lobby' ? nothing : quiet(words.back, () => this.do('back'))}
        ${
          plan.phase === 'discuss'
            ? nothing
            : html`<button class="pill" type="button" @click=${() => this.do('next')}>${words.next}</button>`
        }
        ${quiet(plan.hidesNames ? words.show : words.hide, () => this.do('hide'))}
        ${quiet(words.export, () => this.do('export'))}
        <button class="quiet" type="button" title=${words.handOverWhat} @click=${() => void this.handOver()}>
          ${words.handOver}
        </button>
        ${plan.ended ? nothing : ending()}
        <span role="status">${this.note}</span>
      </p>
      ${renderMembers(rows, plan.hidesNames, this.leading)}`;
  }

  private async handOver(): Promise<void> {
    try {
      await (navigator as Partial<Navigator>).clipboard!.writeText(this.leading.link);
      this.note = words.copied;
    } catch {
      this.note = words.notCopied;
    }
  }
}
